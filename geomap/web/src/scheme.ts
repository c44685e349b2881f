// Which theme is in force: the reader's colour scheme on screen, light on paper.
import { DARK, LIGHT, type Theme } from "./style";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const paper = window.matchMedia("print");

export const theme = (): Theme => (dark.matches && !paper.matches ? DARK : LIGHT);

/** Call back whenever the theme changes. */
export function onTheme(listener: () => void): void {
  dark.addEventListener("change", listener);
  paper.addEventListener("change", listener);
}

export const isPaper = (): boolean => paper.matches;

/** Call back before the page is laid out for paper, and after. */
export function onPaper(listener: (printing: boolean) => void): void {
  paper.addEventListener("change", () => listener(paper.matches));
}

export const prefersStill = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
