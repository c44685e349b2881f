// Draws one mark on a canvas. Filled: at or near the place. Open ring: only a direction is known; the chevron above it
// points to the place for an alleged target and away from it for an alleged origin, whose ring is broken as well.
import type { Shape } from "./document";
import type { Form } from "./marks";
import type { Rect } from "./placement";
import { outline } from "./shapes";
import { inkOn, type Theme } from "./style";

export interface Glyph {
  form: Form;
  shape: Shape;
  /** One slice a kind, shares adding up to 1. */
  slices: { colour: string; share: number }[];
  /** Written into the mark when above one. */
  count: number;
  active: boolean;
}

const SINGLE = 5.5;
const STACK = 8.5;

const isOpenForm = (form: Form): boolean => form === "target" || form === "origin";

/** Radius of a mark: it grows with the digits to be written, never with what happened. */
export const radiusOf = (count: number): number =>
  count < 2 ? SINGLE : STACK + Math.max(0, String(count).length - 2) * 2.5;

/** Pixels that a mark's chevron needs above it. */
export const chevronRoom = (form: Form): number => (isOpenForm(form) ? 8 : 0);

export function drawGlyph(context: CanvasRenderingContext2D, x: number, y: number, glyph: Glyph, theme: Theme): void {
  const radius = radiusOf(glyph.count);
  context.save();
  context.translate(x, y);
  context.lineJoin = "round";
  if (glyph.active) ringAround(context, radius, theme);
  if (glyph.form === "area") drawToken(context, radius, glyph, theme);
  else if (isOpenForm(glyph.form)) drawOpen(context, radius, glyph, theme);
  else drawFilled(context, radius, glyph, theme);
  context.restore();
}

function trace(context: CanvasRenderingContext2D, shape: Shape, radius: number): void {
  const points = outline(shape, radius);
  context.beginPath();
  if (!points.length) context.arc(0, 0, radius, 0, 2 * Math.PI);
  for (const [x, y] of points) context.lineTo(x, y);
  context.closePath();
}

const shapeOf = (glyph: Glyph): Shape => (glyph.slices.length > 1 ? "circle" : glyph.shape);

function stroke(context: CanvasRenderingContext2D, colour: string, width: number, dash: number[] = []): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

function drawFilled(context: CanvasRenderingContext2D, radius: number, glyph: Glyph, theme: Theme): void {
  trace(context, shapeOf(glyph), radius);
  stroke(context, theme.halo, 4);
  fillSlices(context, radius, glyph);
  trace(context, shapeOf(glyph), radius);
  stroke(context, theme.ink, 1);
  if (glyph.count > 1)
    drawCount(context, glyph, radius, glyph.slices.length > 1 ? null : inkOn(glyph.slices[0]!.colour), theme);
  else if (glyph.form === "exact") dot(context, inkOn(glyph.slices[0]!.colour));
}

function fillSlices(context: CanvasRenderingContext2D, radius: number, { slices }: Glyph): void {
  context.fillStyle = slices[0]!.colour;
  context.fill();
  let from = -Math.PI / 2;
  for (const { colour, share } of slices.length > 1 ? slices : []) {
    context.beginPath();
    context.moveTo(0, 0);
    context.arc(0, 0, radius, from, (from += share * 2 * Math.PI));
    context.fillStyle = colour;
    context.fill();
  }
}

function drawOpen(context: CanvasRenderingContext2D, radius: number, glyph: Glyph, theme: Theme): void {
  const broken = glyph.form === "origin" ? [3.4, 2.4] : [];
  trace(context, shapeOf(glyph), radius);
  stroke(context, theme.halo, 6);
  context.fillStyle = theme.halo;
  context.fill();
  stroke(context, theme.ink, 4, broken);
  if (glyph.slices.length > 1) strokeSlices(context, radius, glyph, broken);
  else stroke(context, glyph.slices[0]!.colour, 2.6, broken);
  drawChevron(context, radius, glyph.form === "target" ? 1 : -1, theme);
  if (glyph.count > 1) drawCount(context, glyph, radius, theme.ink, theme);
}

function strokeSlices(context: CanvasRenderingContext2D, radius: number, { slices }: Glyph, dash: number[]): void {
  let from = -Math.PI / 2;
  for (const { colour, share } of slices) {
    context.beginPath();
    context.arc(0, 0, radius, from, (from += share * 2 * Math.PI));
    stroke(context, colour, 2.6, dash);
  }
}

function drawChevron(context: CanvasRenderingContext2D, radius: number, down: 1 | -1, theme: Theme): void {
  const middle = -radius - 6;
  context.beginPath();
  context.moveTo(-4.5, middle - 2 * down);
  context.lineTo(0, middle + 2 * down);
  context.lineTo(4.5, middle - 2 * down);
  stroke(context, theme.halo, 5);
  stroke(context, theme.ink, 2);
}

/** A hatched square stands for areas where too many of them would cover each other; it is not a pin. */
function drawToken(context: CanvasRenderingContext2D, radius: number, glyph: Glyph, theme: Theme): void {
  trace(context, "square", radius);
  stroke(context, theme.halo, 4);
  context.fillStyle = theme.halo;
  context.fill();
  context.save();
  context.clip();
  context.beginPath();
  for (let x = -2 * radius; x <= 2 * radius; x += 4) {
    context.moveTo(x - radius, radius);
    context.lineTo(x + radius, -radius);
  }
  stroke(context, glyph.slices[0]!.colour, 1.4);
  context.restore();
  trace(context, "square", radius);
  stroke(context, theme.ink, 1, [3, 2]);
  if (glyph.count > 1) drawCount(context, glyph, radius, null, theme);
}

function drawCount(
  context: CanvasRenderingContext2D,
  { count }: Glyph,
  radius: number,
  ink: string | null,
  theme: Theme,
): void {
  context.font = "600 10.5px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  if (ink === null) {
    context.beginPath();
    context.arc(0, 0, radius - 2.5, 0, 2 * Math.PI);
    context.fillStyle = theme.halo;
    context.fill();
  }
  context.fillStyle = ink ?? theme.ink;
  context.fillText(String(count), 0, 0.5);
}

function dot(context: CanvasRenderingContext2D, colour: string): void {
  context.beginPath();
  context.arc(0, 0, 1.7, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

function ringAround(context: CanvasRenderingContext2D, radius: number, theme: Theme): void {
  context.beginPath();
  context.arc(0, 0, radius + 6, 0, 2 * Math.PI);
  stroke(context, theme.halo, 5);
  stroke(context, theme.accent, 2.5);
}

/** Frame the marks of what is open. */
export function drawFrame(context: CanvasRenderingContext2D, spots: readonly { rect: Rect }[], theme: Theme): void {
  const left = Math.min(...spots.map(({ rect }) => rect.left)) - 5;
  const top = Math.min(...spots.map(({ rect }) => rect.top)) - 4;
  const right = Math.max(...spots.map(({ rect }) => rect.right)) + 5;
  const bottom = Math.max(...spots.map(({ rect }) => rect.bottom)) + 5;
  context.beginPath();
  context.roundRect(left, top, right - left, bottom - top, 8);
  stroke(context, theme.halo, 4.5);
  stroke(context, theme.accent, 2.2);
}

/** The ground that a row may stand on: soft-edged where the radius is a convention, outlined where a source gave it. */
export function drawRadius(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  colour: string,
  { soft, faint }: { soft: boolean; faint: boolean },
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  if (!faint) {
    const shade = context.createRadialGradient(x, y, 0, x, y, radius);
    shade.addColorStop(0, `${colour}59`);
    shade.addColorStop(soft ? 0.55 : 1, soft ? `${colour}3d` : `${colour}1f`);
    if (soft) shade.addColorStop(1, `${colour}00`);
    context.fillStyle = shade;
    context.fill();
  }
  if (!soft || faint) stroke(context, `${colour}${faint ? "40" : "b0"}`, 1);
}

/** Fill the current path with diagonal hatching and a broken outline. */
export function hatch(context: CanvasRenderingContext2D, colour: string, ratio: number, active: boolean): void {
  context.fillStyle = `${colour}${active ? "30" : "14"}`;
  context.fill("evenodd");
  context.fillStyle = hatchPattern(context, colour, ratio);
  context.fill("evenodd");
  stroke(context, colour, active ? 2 : 1.2, [5, 3]);
}

function hatchPattern(context: CanvasRenderingContext2D, colour: string, ratio: number): CanvasPattern | string {
  const size = Math.round(8 * ratio);
  const tile = new OffscreenCanvas(size, size);
  const ink = tile.getContext("2d")!;
  ink.strokeStyle = `${colour}70`;
  ink.lineWidth = 1.1 * ratio;
  for (const shift of [-size, 0, size]) {
    ink.moveTo(shift, size);
    ink.lineTo(shift + size, 0);
  }
  ink.stroke();
  const pattern = context.createPattern(tile, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern ?? `${colour}30`;
}
