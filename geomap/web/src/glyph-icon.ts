// A mark as a small picture, drawn by the same code as on the map, so that the legend cannot differ from it.
import type { Shape } from "./document";
import { el } from "./dom";
import { chevronRoom, drawGlyph, drawRadius, hatch } from "./glyph";
import type { Form } from "./marks";
import { theme } from "./scheme";

export interface Icon {
  form: Form;
  shape: Shape;
  /** Null: in the ink of the page. */
  colour: string | null;
}

const SIZE = 24;
/** Pixels a CSS pixel, so that icons stay sharp on dense screens. */
const RATIO = 2;

/** Pictures drawn so far in the present colour scheme, as data addresses. */
const pictures = new Map<string, string>();

export function glyphIcon(icon: Icon): HTMLElement {
  const image = el("img", { class: "glyph", width: SIZE, height: SIZE, alt: "", "data-icon": JSON.stringify(icon) });
  image.src = pictureOf(icon);
  return image;
}

/** Draw all icons of the page again, in the colours now in force. */
export function repaintIcons(): void {
  pictures.clear();
  for (const image of document.querySelectorAll<HTMLImageElement>("img.glyph")) {
    image.src = pictureOf(JSON.parse(image.dataset["icon"]!) as Icon);
  }
}

function pictureOf(icon: Icon): string {
  const key = JSON.stringify(icon);
  const picture = pictures.get(key) ?? draw(icon);
  pictures.set(key, picture);
  return picture;
}

function draw({ form, shape, colour }: Icon): string {
  const canvas = el("canvas", { width: SIZE * RATIO, height: SIZE * RATIO });
  const context = canvas.getContext("2d")!;
  const ink = colour ?? theme().mutedInk;
  context.scale(RATIO, RATIO);
  if (form === "near") drawRadius(context, SIZE / 2, SIZE / 2, SIZE / 2, ink, { soft: true, faint: false });
  const glyph = { form, shape, slices: [{ colour: ink, share: 1 }], count: 1, active: false };
  if (form === "area") drawPatch(context, ink);
  else drawGlyph(context, SIZE / 2, SIZE / 2 + chevronRoom(form) / 2, glyph, theme());
  return canvas.toDataURL();
}

function drawPatch(context: CanvasRenderingContext2D, colour: string): void {
  context.beginPath();
  context.rect(3, 5, SIZE - 6, SIZE - 10);
  hatch(context, colour, RATIO, false);
}
