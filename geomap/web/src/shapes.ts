// Outlines of the marks as points around a centre, for canvas and SVG alike. An empty outline is a circle.
import type { Shape } from "./document";
import type { Point } from "./geo";

const regular = (corners: number, turn: number, size: number): Point[] =>
  Array.from({ length: corners }, (_, corner) => {
    const angle = turn + (corner * 2 * Math.PI) / corners;
    return [Math.cos(angle) * size, Math.sin(angle) * size];
  });

const CROSS: Point[] = [
  [-0.42, -1.1],
  [0.42, -1.1],
  [0.42, -0.42],
  [1.1, -0.42],
  [1.1, 0.42],
  [0.42, 0.42],
  [0.42, 1.1],
  [-0.42, 1.1],
  [-0.42, 0.42],
  [-1.1, 0.42],
  [-1.1, -0.42],
  [-0.42, -0.42],
];

/** Sizes are set so that all shapes cover about the same area. */
const OUTLINES: Record<Shape, Point[]> = {
  circle: [],
  square: regular(4, Math.PI / 4, 1.26),
  diamond: regular(4, 0, 1.3),
  triangle: regular(3, -Math.PI / 2, 1.4),
  hexagon: regular(6, 0, 1.12),
  cross: CROSS,
};

export const outline = (shape: Shape, radius: number): Point[] =>
  OUTLINES[shape].map(([x, y]) => [x * radius, y * radius]);
