// The state of the page as a link: what is in view, chosen and open, in the address's hash.
import { FACETS, type FacetName } from "./facets";
import { NO_FILTER, type Filter } from "./filter";
import { DAY, isoDate, parseIso } from "./time";

export interface View {
  zoom: number;
  lat: number;
  lon: number;
}

export interface LinkState {
  view: View | null;
  filter: Filter;
  /** Id of the open incident. */
  open: string | null;
  /** Day of the tolls panel, in minutes; null follows the map. */
  tollsOn: number | null;
}

export function toHash({ view, filter, open, tollsOn }: LinkState): string {
  const parts = new URLSearchParams();
  if (view) parts.set("map", `${view.zoom.toFixed(2)}/${view.lat.toFixed(4)}/${view.lon.toFixed(4)}`);
  if (filter.text) parts.set("q", filter.text);
  if (filter.from !== null) parts.set("from", isoDate(filter.from));
  if (filter.to !== null) parts.set("to", isoDate(filter.to));
  for (const name of FACETS) for (const value of filter.chosen[name] ?? []) parts.append(name, value);
  if (tollsOn !== null) parts.set("tolls", isoDate(tollsOn));
  if (open) parts.set("open", open);
  return parts.toString();
}

/** Read a hash; whatever in it makes no sense is left out. */
export function fromHash(hash: string): LinkState {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const chosen: Partial<Record<FacetName, string[]>> = {};
  for (const name of FACETS) if (parts.has(name)) chosen[name] = parts.getAll(name);
  const to = parseIso(parts.get("to"));
  const filter = {
    ...NO_FILTER,
    text: parts.get("q") ?? "",
    from: parseIso(parts.get("from")),
    to: to === null ? null : to + DAY - 1,
    chosen,
  };
  return { view: viewOf(parts.get("map")), filter, open: parts.get("open"), tollsOn: parseIso(parts.get("tolls")) };
}

function viewOf(text: string | null): View | null {
  const [zoom, lat, lon] = (text ?? "").split("/").map(Number);
  if (zoom === undefined || lat === undefined || lon === undefined) return null;
  return [zoom, lat, lon].every(Number.isFinite) ? { zoom, lat, lon } : null;
}
