// Colours, widths and dashes: the look of the map as data, for light, dark and paper.
import type { Border, KindStyle, LabelKind } from "./document";

export interface Theme {
  /** Beyond the base map, where nothing is known to the page. */
  beyond: string;
  water: string;
  land: string;
  coast: string;
  river: string;
  province: string;
  country: string;
  /** Lines that are measured to or listed. */
  border: string;
  ink: string;
  mutedInk: string;
  waterInk: string;
  /** Around marks and labels, so that they stand off the ground. */
  halo: string;
  accent: string;
}

export const LIGHT: Theme = {
  beyond: "#e9e7e3",
  water: "#cddde4",
  land: "#f6f3ec",
  coast: "#a9bfc9",
  river: "#b9cfd9",
  province: "#d9d3c6",
  country: "#b3aa9b",
  border: "#3b3833",
  ink: "#1c1b19",
  mutedInk: "#655f55",
  waterInk: "#3d6374",
  halo: "#f6f3ec",
  accent: "#0a5c8a",
};

export const DARK: Theme = {
  beyond: "#1b1e21",
  water: "#131b21",
  land: "#22262a",
  coast: "#3a4a54",
  river: "#2c3c47",
  province: "#343a40",
  country: "#565d64",
  border: "#d8d4cb",
  ink: "#f1efea",
  mutedInk: "#a9a498",
  waterInk: "#8bb3c8",
  halo: "#22262a",
  accent: "#6cc0f0",
};

/** Kinds that the legend does not list, or rows without a kind. */
export const NO_KIND: KindStyle = { kind: "", colour: "#6b6b6b", shape: "circle" };

export const kindStyle = (kinds: readonly KindStyle[], index: number): KindStyle => kinds[index] ?? NO_KIND;

export interface LineStyle {
  width: number;
  /** Pattern of strokes and gaps in pixels, as canvas and SVG read it. */
  dash: string | null;
  opacity: number;
  /** Paler than the lines in force. */
  isMuted?: boolean;
}

const BY_STATUS: Record<string, LineStyle> = {
  delimited: { width: 1.8, dash: null, opacity: 0.95 },
  not_delimited: { width: 1.8, dash: "7 4", opacity: 0.95 },
  disputed: { width: 1.8, dash: "7 4", opacity: 0.95 },
  claimed: { width: 1.4, dash: "8 4 2 4 2 4", opacity: 0.85 },
  control_line: { width: 2.2, dash: "1 5", opacity: 0.95 },
  /** Neither solid nor dashed, for both would say something about the line. */
  unstated: { width: 1.6, dash: "9 3 2 3", opacity: 0.85 },
  enclave: { width: 1.3, dash: "4 3", opacity: 0.9 },
  historical: { width: 1.4, dash: "3 6", opacity: 0.85, isMuted: true },
  out_of_force: { width: 1.2, dash: "5 9", opacity: 0.75, isMuted: true },
};
const SCHEMATIC = " schematic";

/**
 * What legend and layers call the kind of a line: its status, that it is an enclave's outline, or that it is not in
 * force at the time shown; and whether it is schematic.
 */
export function lineKind({ role, status, schematic }: Border, isInForce: boolean): string {
  const kind = status ?? (role === "enclave" ? "enclave" : "unstated");
  return (isInForce || kind === "historical" ? kind : "out_of_force") + (schematic ? SCHEMATIC : "");
}

/** The status in a kind, and whether the line is schematic. */
export const splitKind = (kind: string): [status: string, isSchematic: boolean] => [
  kind.replace(SCHEMATIC, ""),
  kind.endsWith(SCHEMATIC),
];

/** A schematic line is broad and pale: it lies somewhere there. */
export function lineStyle(kind: string): LineStyle {
  const [status, isSchematic] = splitKind(kind);
  const style = BY_STATUS[status] ?? BY_STATUS["unstated"]!;
  if (!isSchematic) return style;
  const dash = style.dash?.replace(/\d+/g, (length) => String(2 * Number(length))) ?? null;
  return { ...style, width: style.width + 2.5, dash, opacity: style.opacity / 2 };
}

/** Relative luminance (WCAG 2.2, from sRGB). */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever reads better on a colour. */
export const inkOn = (colour: string): string =>
  contrast(colour, "#000000") >= contrast(colour, "#ffffff") ? "#000000" : "#ffffff";

/** Zoom at which base labels of rank 0 may show; each further rank waits for one more. */
const FIRST_ZOOM: Record<LabelKind, number> = {
  country: 3,
  province: 3.5,
  lake: 4,
  river: 5,
  town: 4.6,
  mountain: 5.2,
  village: 5.5,
};

/** The lowest zoom at which a base label of a rank may show. */
export const zoomOfLabel = (kind: LabelKind, rank: number): number => FIRST_ZOOM[kind] + rank;
