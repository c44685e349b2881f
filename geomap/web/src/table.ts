// The incident table: columns in, one cell or one record out. An absent column is all null.
import type { ColumnDocument, TableDocument } from "./document";

export const TEXTS = [
  "id",
  "report_id",
  "status",
  "position",
  "date_precision",
  "time_precision",
  "time_text",
  "published_at",
  "relation",
  "place_text",
  "place_precision",
  "radius_kind",
  "role",
  "kind",
  "actors",
  "claimant",
  "claimant_side",
  "source_name",
  "source_url",
  "archive_url",
  "source_date",
  "text",
  "duplicate_of",
  "country",
  "country_source",
  "country_also",
  "control",
  "control_source",
  "admin1",
  "admin1_source",
  "border_id",
  "border_pair",
  "side",
  "side_shares",
  "held_by",
  "border_vintage",
  "border_status",
  "border_valid",
  "other_sides",
  "other_sources",
  "match_method",
  "match_why",
  "match_rivals",
  "file",
] as const;
export const NUMBERS = [
  "lon",
  "lat",
  "place",
  "start",
  "end",
  "utc_offset",
  "place_radius_km",
  "deaths_low",
  "deaths_best",
  "deaths_high",
  "graphic",
  "border_km",
  "border_km_error",
  "other_km_low",
  "other_km_high",
  "row",
] as const;

export type TextName = (typeof TEXTS)[number];
export type NumberName = (typeof NUMBERS)[number];
/** One incident; `index` is its position in the table, `row` the row of its input file. */
export type Incident = { index: number } & Record<TextName, string | null> & Record<NumberName, number | null>;

/** What joins several values in one cell, as in the files. */
export const MANY = " | ";
export const many = (cell: string | null | undefined): string[] => (cell ? cell.split(MANY) : []);

export class Table {
  readonly n: number;
  readonly #columns: Map<string, ColumnDocument>;
  readonly #byId: Map<string, number>;

  constructor(document: TableDocument) {
    this.n = document.n;
    this.#columns = new Map(Object.entries(document.columns) as [string, ColumnDocument][]);
    for (const [name, column] of this.#columns) checkLength(name, column, this.n);
    this.#byId = new Map(Array.from({ length: this.n }, (_, index) => [this.text("id", index) ?? "", index]));
  }

  text(name: TextName, index: number): string | null {
    const column = this.#columns.get(name);
    if (!column) return null;
    if (column.type === "category") return column.words[column.codes[index] ?? -1] ?? null;
    const value = column.values[index];
    return value === null || value === undefined ? null : String(value);
  }

  number(name: NumberName, index: number): number | null {
    const column = this.#columns.get(name);
    if (!column || column.type !== "number") return null;
    return column.values[index] ?? null;
  }

  record(index: number): Incident {
    const record: Record<string, string | number | null> = { index };
    for (const name of TEXTS) record[name] = this.text(name, index);
    for (const name of NUMBERS) record[name] = this.number(name, index);
    return record as Incident;
  }

  /** Find the row of an id; undefined when there is none. */
  find(id: string): number | undefined {
    return this.#byId.get(id);
  }

  has(name: TextName | NumberName): boolean {
    return this.#columns.has(name);
  }
}

function checkLength(name: string, column: ColumnDocument, n: number): void {
  const length = column.type === "category" ? column.codes.length : column.values.length;
  if (length !== n) throw new Error(`column ${name} holds ${length} values where ${n} were promised`);
}
