// Grid clusters in pixels of one zoom level. The grid hangs on the world, not on the view, so panning changes nothing.

export interface Clusterable {
  x: number;
  y: number;
  /** How many rows it stands for. */
  weight: number;
}

export interface Cluster<T> {
  x: number;
  y: number;
  weight: number;
  members: T[];
}

/** Merge items whose world pixels share a cell of `cell` pixels; the centre is the mean by weight. */
export function cluster<T extends Clusterable>(items: readonly T[], cell: number): Cluster<T>[] {
  const cells = new Map<string, Cluster<T>>();
  for (const item of items) {
    const key = `${Math.floor(item.x / cell)} ${Math.floor(item.y / cell)}`;
    const into = cells.get(key) ?? { x: 0, y: 0, weight: 0, members: [] };
    const weight = into.weight + item.weight;
    into.x += ((item.x - into.x) * item.weight) / weight;
    into.y += ((item.y - into.y) * item.weight) / weight;
    into.weight = weight;
    into.members.push(item);
    cells.set(key, into);
  }
  return [...cells.values()];
}

export interface Strip<T> {
  x: number;
  y: number;
  members: T[];
}

/** Gather items that stand on the very same pixel, so that they can be drawn side by side. */
export function strips<T extends { x: number; y: number }>(items: readonly T[]): Strip<T>[] {
  const found = new Map<string, Strip<T>>();
  for (const item of items) {
    const key = `${Math.round(item.x)} ${Math.round(item.y)}`;
    const strip = found.get(key) ?? { x: item.x, y: item.y, members: [] };
    strip.members.push(item);
    found.set(key, strip);
  }
  return [...found.values()];
}
