// The scene as Python writes it: plain JSON, one version. Everything else is derived from it in the page.

export const VERSION = 1;

/** Lines of delta-coded whole numbers `[x0, y0, dx1, dy1, ...]` in 1/scale degrees, longitude first. */
export interface Geo {
  scale: number;
  lines: number[][];
}

export type ColumnDocument =
  | { type: "number"; values: (number | null)[] }
  | { type: "text"; values: (string | null)[] }
  | { type: "category"; words: string[]; codes: number[] };

export interface TableDocument {
  n: number;
  columns: Partial<Record<string, ColumnDocument>>;
}

export interface Place {
  id: string;
  name: string;
  country: string | null;
  admin1: string | null;
  kind: string;
  lon: number;
  lat: number;
  radius_km: number | null;
  radius_kind: string | null;
  /** [name, language or script or "", own | other | russian | historic | variant] */
  names: [string, string, string][];
  source: string | null;
  note: string | null;
  held_by: string | null;
  area: number | null;
  seat: number | null;
  border_km?: number | null;
  border_km_error?: number | null;
  side?: string | null;
  border_pair?: string | null;
  border_vintage?: string | null;
  border_status?: string;
  border_valid?: string;
  country_also?: string;
  other_km_low?: number;
  other_km_high?: number;
  other_sides?: string;
  other_sources?: string;
}

export interface Area {
  id: string;
  name?: string | null;
  source?: string | null;
  error_km?: number | null;
  geo: Geo;
}

export interface Claim {
  claim_id: string;
  report_id?: string;
  scope: "place" | "district" | "episode";
  place_ref?: string;
  relation?: string;
  claimant: string;
  claimant_side?: string;
  stance: "asserts" | "denies" | "confirms";
  target_claim?: string;
  about_side?: string;
  category?: string;
  statement?: string;
  population?: string;
  low?: number;
  high?: number;
  cumulative?: boolean;
  as_of?: string;
  published_at?: string;
  supersedes?: string;
  relayed_by?: string;
  source_url?: string;
  archive_url?: string;
  verification?: string;
  note?: string;
}

export interface Border {
  id: string;
  role: "line" | "drawing" | "enclave";
  pair: string | null;
  name: string | null;
  status: string | null;
  claimed_by: string | null;
  held_by: string | null;
  valid_from: string | null;
  valid_to: string | null;
  vintage: string | null;
  layer: string | null;
  source: string | null;
  licence: string | null;
  error_km: number | null;
  error_note: string | null;
  /** Drawn only roughly, by hand. */
  schematic?: true;
  /** What was repaired in its geometry. */
  repaired?: string;
  /** Drawn, while it is in force, without being asked for. */
  on: boolean;
  geo: Geo;
}

export type LabelKind = "country" | "province" | "town" | "village" | "lake" | "river" | "mountain";

export interface BaseLabel {
  name: string;
  lon: number;
  lat: number;
  kind: LabelKind;
  /** 0 shows first, 9 last. */
  rank: number;
}

export interface BaseMap {
  source: string[];
  land: Geo;
  lakes: Geo;
  rivers: Geo;
  countries: Geo;
  provinces: Geo;
  labels: BaseLabel[];
}

export type Shape = "circle" | "square" | "diamond" | "triangle" | "hexagon" | "cross";

export interface KindStyle {
  kind: string;
  colour: string;
  shape: Shape;
}

export interface InputFile {
  path: string;
  format: string;
  rows: number;
  read: number;
  sha256: string;
  preset: string;
  notes: string[];
}

export interface Fault {
  column: string | null;
  value: string | null;
  reason: string;
  hint: string | null;
}

export interface SetAside {
  file: string | null;
  sheet: string | null;
  row: number | null;
  code: string;
  faults: Fault[];
}

export interface Problem {
  code: string;
  reason: string;
  file?: string | null;
  sheet?: string | null;
  row?: number | null;
  column?: string | null;
  value?: string | null;
  hint?: string | null;
}

export interface Unplaced {
  id: string;
  place_text: string | null;
  why: string | null;
  rivals: string[];
  file: string | null;
  row: number | null;
}

export interface SceneDocument {
  version: number;
  title: string;
  standfirst: string | null;
  byline: string | null;
  credit: string | null;
  alt: string | null;
  as_of: string | null;
  built: string | null;
  language: string;
  /** West, south, east, north in degrees. */
  extent: [number, number, number, number];
  counts: Record<"rows" | "read" | "placed" | "unplaced" | "ambiguous" | "superseded" | "set_aside", number>;
  files: InputFile[];
  incidents: TableDocument;
  places: Place[];
  areas: Area[];
  claims: Claim[];
  borders: Border[];
  basemap: BaseMap;
  legend: { kinds: KindStyle[] };
  licence: { download: boolean; embed_text: boolean; citations: string[]; left_out: [string, string][] };
  unplaced: Unplaced[];
  set_aside: SetAside[];
  problems: Problem[];
  credits: { name: string; licence: string; text: string }[];
  about: { tool: string; gazetteer: string; borders: string[]; method: string[] };
  tiles: string | null;
}
