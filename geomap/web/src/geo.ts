// Geometry in plain numbers: delta decoding, Web Mercator, hit tests. No Leaflet here.
import type { Geo } from "./document";

export type LonLat = [lon: number, lat: number];
export type Point = [x: number, y: number];
export type Box = [west: number, south: number, east: number, north: number];

/** Decode delta-coded lines to degrees. */
export function decodeLines(geo: Geo): LonLat[][] {
  return geo.lines.map((line) => decodeLine(line, geo.scale));
}

function decodeLine(line: number[], scale: number): LonLat[] {
  const points: LonLat[] = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i + 1 < line.length; i += 2) {
    x += line[i]!;
    y += line[i + 1]!;
    points.push([x / scale, y / scale]);
  }
  return points;
}

const EQUATOR_KM = 40075.017;
const RAD = Math.PI / 180;

/** Web Mercator, the world as a square from 0 to 1 with y down. */
export function mercator([lon, lat]: LonLat): Point {
  const sin = Math.sin(Math.max(-85.0511, Math.min(85.0511, lat)) * RAD);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
}

/** Kilometres that the whole width of the Mercator world stands for at this latitude. */
export const worldKm = (lat: number): number => EQUATOR_KM * Math.cos(lat * RAD);

/** Great-circle distance on a sphere, for comparing places on screen; never for a stated distance. */
export function roughKm(a: LonLat, b: LonLat): number {
  const x = (b[0] - a[0]) * Math.cos(((a[1] + b[1]) / 2) * RAD);
  return (Math.hypot(x, b[1] - a[1]) * EQUATOR_KM) / 360;
}

/** A circle as a ring of 96 points. */
export function circle(x: number, y: number, radius: number): Point[] {
  return Array.from({ length: 96 }, (_, step) => {
    const angle = (step / 48) * Math.PI;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/** Even-odd rule over all rings of one feature. */
export function isWithin(point: Point, rings: readonly Point[][]): boolean {
  let within = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      if (crosses(point, ring[i]!, ring[j]!)) within = !within;
    }
  }
  return within;
}

function crosses([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): boolean {
  return y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1;
}

/** Distance from a point to the nearest segment of some lines, in the lines' own unit. */
export function distanceToLines(point: Point, lines: readonly Point[][]): number {
  let best = Infinity;
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) best = Math.min(best, toSegment(point, line[i - 1]!, line[i]!));
  }
  return best;
}

function toSegment([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const dx = x2 - x1;
  const dy = y2 - y1;
  const length = dx * dx + dy * dy;
  const along = length ? Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length)) : 0;
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}

export function boxOf(points: Iterable<LonLat>): Box | null {
  let box: Box | null = null;
  for (const [x, y] of points) {
    box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y];
  }
  return box;
}

/** Rings without the edges along which they were cut out of the world: what is left is coast. */
export function withoutCuts(rings: readonly LonLat[][], [west, south, east, north]: Box): LonLat[][] {
  const isCut = ([x1, y1]: LonLat, [x2, y2]: LonLat) =>
    (x1 === x2 && (x1 === west || x1 === east)) || (y1 === y2 && (y1 === south || y1 === north));
  const runs: LonLat[][] = [];
  for (const ring of rings) {
    let run: LonLat[] = [];
    ring.forEach((point, index) => {
      if (index && isCut(ring[index - 1]!, point)) {
        runs.push(run);
        run = [];
      }
      run.push(point);
    });
    runs.push(run);
  }
  return runs.filter((run) => run.length > 1);
}

/** "39.637 N 46.550 E": latitude first, as people read it, with the decimals that the precision bears. */
export function degreesInWords([lon, lat]: LonLat, decimals: number): string {
  const half = (value: number, positive: string, negative: string) =>
    `${Math.abs(value).toFixed(decimals)} ${value < 0 ? negative : positive}`;
  return `${half(lat, "N", "S")} ${half(lon, "E", "W")}`;
}
