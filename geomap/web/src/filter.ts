// Filter: which rows are shown, and what each facet would show if it alone were lifted.
import { FACETS, facets, type Facet, type FacetName } from "./facets";
import { SearchIndex, queryWords } from "./search";
import type { Scene } from "./scene";
import { DAY } from "./time";

export interface Filter {
  text: string;
  /** Event-local minutes, both ends included; null leaves that end open. */
  from: number | null;
  to: number | null;
  chosen: Partial<Record<FacetName, readonly string[]>>;
}

export const NO_FILTER: Filter = { text: "", from: null, to: null, chosen: {} };

export const isOpen = (filter: Filter): boolean =>
  !filter.text && filter.from === null && filter.to === null && !FACETS.some((name) => filter.chosen[name]?.length);

const TEXT_BIT = 1;
const TIME_BIT = 2;
const facetBit = (position: number): number => 4 << position;

export interface Selection {
  /** Rows that pass everything, in table order. */
  rows: Uint32Array;
  /** For each row a bit per condition that it fails. */
  failures: Uint16Array;
}

/** The scene, prepared for filtering. */
export class Filterer {
  readonly facets: Facet[];
  readonly #scene: Scene;
  readonly #search: SearchIndex;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#search = new SearchIndex(scene);
    this.facets = facets(scene);
  }

  select(filter: Filter): Selection {
    const failures = new Uint16Array(this.#scene.incidents.n);
    this.#failText(failures, filter.text);
    this.#failTime(failures, filter);
    this.facets.forEach((facet, position) => failFacet(failures, facet, facetBit(position), filter.chosen[facet.name]));
    return { rows: passing(failures, 0), failures };
  }

  /** Live counts of one facet: rows that pass every other condition, by value. */
  counts(position: number, failures: Uint16Array): Uint32Array {
    const { starts, codes, values } = this.facets[position]!;
    const found = new Uint32Array(values.length);
    for (const row of passing(failures, facetBit(position))) {
      for (let i = starts[row]!; i < starts[row + 1]!; i++) found[codes[i]!]!++;
    }
    return found;
  }

  /** Rows that pass every condition but time: what the histogram shows. */
  anyTime(failures: Uint16Array): Uint32Array {
    return passing(failures, TIME_BIT);
  }

  #failText(failures: Uint16Array, text: string): void {
    const words = queryWords(text);
    if (!words.length) return;
    for (let row = 0; row < failures.length; row++) {
      if (!this.#search.matches(words, row)) failures[row]! |= TEXT_BIT;
    }
  }

  #failTime(failures: Uint16Array, { from, to }: Filter): void {
    if (from === null && to === null) return;
    for (let row = 0; row < failures.length; row++) {
      const span = spanOf(this.#scene, row);
      const overlaps = span && (to === null || span[0] <= to) && (from === null || span[1] >= from);
      if (!overlaps) failures[row]! |= TIME_BIT;
    }
  }
}

/** First and last minute of a row; a date without a time of day lasts its whole day. Null when undated. */
export function spanOf(scene: Scene, row: number): [start: number, end: number] | null {
  const table = scene.incidents;
  const start = table.number("start", row);
  if (start === null) return null;
  const end = table.number("end", row) ?? start;
  const wholeDays = (table.text("time_precision", row) ?? "none") === "none";
  return [start, wholeDays ? end - (end % DAY) + DAY - 1 : end];
}

function failFacet(failures: Uint16Array, facet: Facet, bit: number, chosen: readonly string[] | undefined): void {
  if (!chosen?.length) return;
  const wanted = new Set(chosen.map((value) => facet.values.indexOf(value)));
  for (let row = 0; row < failures.length; row++) {
    let found = false;
    for (let i = facet.starts[row]!; i < facet.starts[row + 1]! && !found; i++) found = wanted.has(facet.codes[i]!);
    if (!found) failures[row]! |= bit;
  }
}

function passing(failures: Uint16Array, ignored: number): Uint32Array {
  const rows = new Uint32Array(failures.length);
  let n = 0;
  for (let row = 0; row < failures.length; row++) if ((failures[row]! & ~ignored) === 0) rows[n++] = row;
  return rows.slice(0, n);
}
