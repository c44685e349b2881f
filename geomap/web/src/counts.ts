// What is counted for readers: distinct reports, distinct places, rows; deaths only where coded rows carry figures.
import type { Scene } from "./scene";

export interface Deaths {
  low: number;
  high: number;
  /** Rows that carry a figure. */
  rows: number;
}

export interface Counts {
  rows: number;
  reports: number;
  places: number;
  onMap: number;
  deaths: Deaths | null;
}

export function count(scene: Scene, rows: Iterable<number>): Counts {
  const table = scene.incidents;
  const reports = new Set<string>();
  const places = new Set<string>();
  const found = { rows: 0, onMap: 0 };
  for (const row of rows) {
    found.rows++;
    reports.add(table.text("report_id", row) ?? table.text("id", row) ?? String(row));
    if (table.text("status", row) !== "placed") continue;
    found.onMap++;
    places.add(placeKey(scene, row));
  }
  return { ...found, reports: reports.size, places: places.size, deaths: deaths(scene, rows) };
}

/** Rows of one place share it, rows of one position without a place share that. */
export function placeKey(scene: Scene, row: number): string {
  const table = scene.incidents;
  const lon = table.number("lon", row);
  const place = table.number("place", row);
  const own = table.text("position", row) === "event" || place === null;
  return own ? `${lon},${table.number("lat", row)}` : `place ${place}`;
}

/** The range of deaths over coded rows; a row that repeats another is not counted twice. Null without figures. */
function deaths(scene: Scene, rows: Iterable<number>): Deaths | null {
  const table = scene.incidents;
  const total: Deaths = { low: 0, high: 0, rows: 0 };
  for (const row of rows) {
    const low = table.number("deaths_low", row) ?? table.number("deaths_best", row);
    const high = table.number("deaths_high", row) ?? table.number("deaths_best", row);
    if ((low === null && high === null) || table.text("duplicate_of", row)) continue;
    total.low += low ?? 0;
    total.high += high ?? low ?? 0;
    total.rows++;
  }
  return total.rows ? total : null;
}
