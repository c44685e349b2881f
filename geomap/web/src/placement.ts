// Label placement: greedy, in order of priority; a label that meets no free spot is not drawn.

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Wanted {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Half size of the mark that the label keeps clear of; centred labels have none. */
  clear: { x: number; y: number } | null;
  /** Drawn whatever it meets, unless it meets another of its kind. */
  must?: boolean;
}

const GAP = 3;

/** Spots around a mark, best first: right, left, above, below, then the corners. */
function spots({ x, y, width, height, clear }: Wanted): Rect[] {
  const at = (left: number, top: number): Rect => ({ left, top, right: left + width, bottom: top + height });
  if (!clear) return [at(x - width / 2, y - height / 2)];
  const right = x + clear.x + GAP;
  const left = x - clear.x - GAP - width;
  const above = y - clear.y - height - 1;
  const below = y + clear.y + 1;
  const middle = x - width / 2;
  return [
    at(right, y - height / 2),
    at(left, y - height / 2),
    at(middle, above),
    at(middle, below),
    at(right, above + height / 2),
    at(right, below - height / 2),
    at(left, above + height / 2),
    at(left, below - height / 2),
  ];
}

const meets = (a: Rect, b: Rect): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** A grid of taken rectangles, so that a look-up does not ask all of them. */
class Taken {
  static readonly #CELL = 64;
  readonly #cells = new Map<string, Rect[]>();

  add(rect: Rect): void {
    for (const key of this.#keys(rect)) {
      const cell = this.#cells.get(key);
      if (cell) cell.push(rect);
      else this.#cells.set(key, [rect]);
    }
  }

  isFree(rect: Rect): boolean {
    return this.#keys(rect).every((key) => !this.#cells.get(key)?.some((other) => meets(rect, other)));
  }

  #keys({ left, top, right, bottom }: Rect): string[] {
    const cell = (value: number) => Math.floor(value / Taken.#CELL);
    const keys: string[] = [];
    for (let x = cell(left); x <= cell(right); x++) {
      for (let y = cell(top); y <= cell(bottom); y++) keys.push(`${x} ${y}`);
    }
    return keys;
  }
}

/**
 * Place labels in order of priority. `obstacles` are marks; a label that must be drawn may cover a mark when nothing
 * else is left, but never another label. Returns a rectangle or null for each.
 */
export function place(wanted: readonly Wanted[], obstacles: readonly Rect[]): (Rect | null)[] {
  const marks = new Taken();
  const labels = new Taken();
  for (const obstacle of obstacles) marks.add(obstacle);
  return wanted.map((label) => {
    const free = spots(label).filter((spot) => labels.isFree(spot));
    const chosen = free.find((spot) => marks.isFree(spot)) ?? (label.must ? free[0] : undefined) ?? null;
    if (chosen) labels.add(chosen);
    return chosen;
  });
}
