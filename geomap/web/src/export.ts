// Downloads of the filtered rows. Cells that a spreadsheet would run as a formula are neutralised, reversibly.
import { positionOf, type Scene } from "./scene";
import { NUMBERS, TEXTS, type Incident } from "./table";
import { DAY, clockWords, isoDate } from "./time";

/** `place`, `lon` and `lat` are left to the caller; `position` and `status` are the page's own. */
const COLUMNS = [...TEXTS, ...NUMBERS].filter((name) => name !== "place");

const FORMULA = /^['=+\-@\t\r]/;

/** Put an apostrophe before what a spreadsheet would run, and before an apostrophe, so that `reveal` can undo it. */
export const neutralise = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);
export const reveal = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

type Cell = string | number | null;
const csvCell = (cell: Cell): string =>
  typeof cell === "string" ? quoted(neutralise(cell)) : cell === null ? "" : String(cell);

const localTime = (minutes: number | null): string | null =>
  minutes === null ? null : minutes % DAY ? `${isoDate(minutes)}T${clockWords(minutes)}` : isoDate(minutes);

function cells(incident: Incident): Record<string, Cell> {
  const record = Object.fromEntries(COLUMNS.map((name) => [name, incident[name]])) as Record<string, Cell>;
  return { ...record, start: localTime(incident.start), end: localTime(incident.end) };
}

/** The rows as CSV with a header; each row carries the citation of its data. */
export function toCsv(scene: Scene, rows: Iterable<number>): string {
  const citation = scene.licence.citations.join("; ") || null;
  const lines = [[...COLUMNS, "citation"].join(",")];
  for (const row of rows) {
    const record = cells(scene.incidents.record(row));
    lines.push([...COLUMNS.map((name) => csvCell(record[name] ?? null)), csvCell(citation)].join(","));
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** The rows as a GeoJSON FeatureCollection; what has no point has a null geometry. No border geometry. */
export function toGeoJson(scene: Scene, rows: Iterable<number>): string {
  const features = Array.from(rows, (row) => {
    const incident = scene.incidents.record(row);
    const point = incident.position === "area" ? null : positionOf(scene, row);
    return {
      type: "Feature",
      id: incident.id,
      geometry: point && { type: "Point", coordinates: point },
      properties: cells(incident),
    };
  });
  return JSON.stringify({ type: "FeatureCollection", citation: scene.licence.citations, features });
}
