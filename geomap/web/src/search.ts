// Full-text search over everything a row says, folded over scripts.
import { fold } from "./fold";
import { placeOf, type Scene } from "./scene";
import type { TextName } from "./table";

const SEARCHED: readonly TextName[] = [
  "place_text",
  "text",
  "actors",
  "claimant",
  "kind",
  "admin1",
  "source_name",
  "id",
  "report_id",
];

/** Fold what can be searched of each row, lazily: a row is folded when it is first looked at. */
export class SearchIndex {
  readonly #scene: Scene;
  readonly #rows: (string | undefined)[] = [];
  readonly #places = new Map<number, string>();
  /** Folded cells, for the same words stand in many rows. */
  readonly #cells = new Map<string, string>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** Whether every word of a folded query is part of the row. */
  matches(words: readonly string[], index: number): boolean {
    const row = this.#row(index);
    return words.every((word) => row.includes(word));
  }

  #row(index: number): string {
    return (this.#rows[index] ??= `${SEARCHED.map((name) => this.#cell(name, index)).join(" ")} ${this.#names(index)}`);
  }

  #cell(name: TextName, index: number): string {
    const text = this.#scene.incidents.text(name, index);
    if (!text) return "";
    const known = this.#cells.get(text);
    if (known !== undefined) return known;
    const folded = fold(text);
    this.#cells.set(text, folded);
    return folded;
  }

  #names(index: number): string {
    const place = placeOf(this.#scene, index);
    if (!place) return "";
    const key = this.#scene.incidents.number("place", index)!;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const folded = fold([place.name, ...place.names.map(([name]) => name)].join(" "));
    this.#places.set(key, folded);
    return folded;
  }
}

export const queryWords = (query: string): string[] => fold(query).split(" ").filter(Boolean);
