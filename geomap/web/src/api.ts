// window.geomap: what scripts and tests may ask of the page.
import type { Counts } from "./counts";
import { FACETS, type FacetName } from "./facets";
import { NO_FILTER, type Filter } from "./filter";
import { isoDate, parseIso, DAY } from "./time";
import type { Store } from "./store";

/** A whole filter: what is not named is open. `from`, `to` and `as_of` are ISO dates; facets hold one or more values. */
export type Query = { text?: string; from?: string | null; to?: string | null; as_of?: string | null } & Partial<
  Record<FacetName, string | string[]>
>;

export interface State {
  filter: Query;
  open: string | null;
  tab: string | null;
  view: { lat: number; lon: number; zoom: number };
  /** The lines that are drawn, by id, and what each is drawn as. */
  lines: Record<string, string>;
}

export interface Api {
  ready: Promise<void>;
  filter(query: Query): Counts;
  counts(): Counts;
  /** Open the card of an incident, or of a place, by its id; false when there is none. */
  open(id: string): boolean;
  state(): State;
}

/** Read a query; throws when it names something that is no filter or holds no date. */
export function toFilter(query: Query): Filter {
  const known = new Set<string>(["text", "from", "to", "as_of", ...FACETS]);
  for (const name of Object.keys(query))
    if (!known.has(name)) throw new Error(`no filter is called ${name}; there are: ${[...known].join(", ")}`);
  const to = dateOf(query.to);
  const named = FACETS.filter((name) => query[name] !== undefined);
  const chosen = Object.fromEntries(named.map((name) => [name, [query[name]!].flat()]));
  return {
    ...NO_FILTER,
    text: query.text ?? "",
    from: dateOf(query.from),
    to: to === null ? null : to + DAY - 1,
    chosen,
  };
}

export function toQuery({ text, from, to, chosen }: Filter, tollsDay: number | null): Query {
  const query: Query = {
    ...(Object.fromEntries(Object.entries(chosen).map(([name, values]) => [name, [...values]])) as Query),
  };
  if (text) query.text = text;
  if (from !== null) query.from = isoDate(from);
  if (to !== null) query.to = isoDate(to);
  if (tollsDay !== null) query.as_of = isoDate(tollsDay);
  return query;
}

function dateOf(text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null;
  const minutes = parseIso(text);
  if (minutes === null) throw new Error(`${text} is no ISO date`);
  return Math.floor(minutes / DAY) * DAY;
}

/** Apply a query to the store. */
export function applyQuery(store: Store, query: Query): Counts {
  store.setFilter(toFilter(query));
  store.setTollsDay(dateOf(query.as_of));
  return store.counts;
}
