// Facets: the values that rows may be chosen by, coded once, so that a count is a loop over small whole numbers.
import type { Scene } from "./scene";
import { many, type Table, type TextName } from "./table";

export const FACETS = ["kind", "claimant", "actor", "side", "relation", "precision", "role", "source"] as const;
export type FacetName = (typeof FACETS)[number];

const COLUMN: Record<FacetName, TextName> = {
  kind: "kind",
  claimant: "claimant",
  actor: "actors",
  side: "side",
  relation: "relation",
  precision: "place_precision",
  role: "role",
  source: "source_name",
};
const HOLDS_MANY: ReadonlySet<FacetName> = new Set(["actor", "source"]);

/** What stands for an empty cell. */
export const NOT_STATED = "";

export interface Facet {
  name: FacetName;
  /** Distinct values, the most frequent first. */
  values: string[];
  /** The codes of row i are `codes[starts[i]]` up to `codes[starts[i + 1]]`. */
  starts: Uint32Array;
  codes: Uint32Array;
}

export function facets(scene: Scene): Facet[] {
  return FACETS.filter((name) => scene.incidents.has(COLUMN[name])).map((name) => facet(scene.incidents, name));
}

function facet(table: Table, name: FacetName): Facet {
  const cells = Array.from({ length: table.n }, (_, index) => valuesOf(table, name, index));
  const values = byFrequency(cells);
  const code = new Map(values.map((value, position) => [value, position]));
  const starts = new Uint32Array(table.n + 1);
  cells.forEach((cell, index) => (starts[index + 1] = starts[index]! + cell.length));
  return { name, values, starts, codes: Uint32Array.from(cells.flat(), (value) => code.get(value)!) };
}

function valuesOf(table: Table, name: FacetName, index: number): string[] {
  const cell = table.text(COLUMN[name], index);
  if (!cell) return [NOT_STATED];
  return HOLDS_MANY.has(name) ? [...new Set(many(cell))] : [cell];
}

function byFrequency(cells: readonly string[][]): string[] {
  const counts = new Map<string, number>();
  for (const value of cells.flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
  const last = (value: string) => (value === NOT_STATED ? 1 : 0);
  return [...counts.keys()].sort((a, b) => last(a) - last(b) || counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1));
}
