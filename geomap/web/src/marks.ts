// Marks: rows grouped into what is drawn. One mark a place and form; equal coordinates stack.
import { placeKey } from "./counts";
import { placeOf, positionOf, type Scene } from "./scene";

/** How a mark is drawn; the form says precision and relation at once. */
export const FORMS = ["exact", "settlement", "near", "target", "origin", "area"] as const;
export type Form = (typeof FORMS)[number];

export interface Mark {
  key: string;
  form: Form;
  lon: number;
  lat: number;
  /** Index of the place, or null where rows stand at coordinates of their own. */
  place: number | null;
  /** Radius to draw, in km, or null: a direction has none, for none is known. */
  radiusKm: number | null;
  radiusKind: string | null;
  rows: number[];
  /** Rows a kind, by the kind's position in the legend (-1: no kind), the most frequent first. */
  kinds: [kind: number, rows: number][];
}

const COARSE: ReadonlySet<string> = new Set(["area", "region", "country"]);

/** Whether no more than an area is known: drawn as one, never as a point with coordinates. */
export const isCoarse = (precision: string | null): boolean => COARSE.has(precision ?? "");

/** The form of a row; null when it belongs into the list only (a stretch has no point). */
export function formOf(precision: string | null, relation: string | null): Form | null {
  if (relation === "along" || relation === "between") return null;
  if (isCoarse(precision)) return "area";
  if (relation === "direction_of") return "target";
  if (relation === "from_direction_of") return "origin";
  if (relation === "near" || precision === "near") return "near";
  return precision === "exact" ? "exact" : "settlement";
}

/** Group rows into marks, in the order in which their first rows come. */
export function marks(scene: Scene, rows: Iterable<number>): Mark[] {
  const found = new Map<string, Mark>();
  for (const row of rows) {
    const form = formOf(scene.incidents.text("place_precision", row), scene.incidents.text("relation", row));
    const position = form && positionOf(scene, row);
    if (!form || !position) continue;
    const key = `${placeKey(scene, row)} ${form}`;
    const mark = found.get(key) ?? start(scene, row, key, form, position);
    mark.rows.push(row);
    found.set(key, mark);
  }
  const kind = new Map(scene.legend.kinds.map((entry, index) => [entry.kind, index]));
  for (const mark of found.values()) mark.kinds = kindsOf(scene, mark.rows, kind);
  return [...found.values()];
}

function start(scene: Scene, row: number, key: string, form: Form, [lon, lat]: [number, number]): Mark {
  const table = scene.incidents;
  const place = placeOf(scene, row);
  const own = table.number("place_radius_km", row);
  const radiusKm =
    form === "near" || form === "area" ? (own ?? (form === "area" ? (place?.radius_km ?? null) : null)) : null;
  const radiusKind = own === null ? (place?.radius_kind ?? null) : table.text("radius_kind", row);
  return { key, form, lon, lat, place: table.number("place", row), radiusKm, radiusKind, rows: [], kinds: [] };
}

function kindsOf(scene: Scene, rows: readonly number[], positions: Map<string, number>): [number, number][] {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const kind = positions.get(scene.incidents.text("kind", row) ?? "") ?? -1;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}
