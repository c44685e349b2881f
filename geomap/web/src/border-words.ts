// Distances, sides and sovereignty in words. Three facts, never derived from one another: recognised sovereignty,
// control at a date, and the geometric side of a named line.
import type { Border, Place } from "./document";
import { splitKind } from "./style";
import { many } from "./table";
import { civil, isoWords } from "./time";

const DEMONYMS: Record<string, string> = {
  AM: "Armenian",
  AZ: "Azerbaijani",
  GE: "Georgian",
  IR: "Iranian",
  TR: "Turkish",
  RU: "Russian",
};
const REGION = /^[A-Z]{2}$/;
const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

/** "Armenia" for AM; what is no country code stays as it is. */
export const countryName = (code: string): string => (REGION.test(code) ? (regions.of(code) ?? code) : code);

const onTheSide = (code: string): string =>
  DEMONYMS[code] ? `on the ${DEMONYMS[code]} side` : `on the side of ${countryName(code)}`;

/** Kilometres as they are said: one decimal below 100, none above. */
export const km = (value: number): string => `${value < 100 ? value.toFixed(1) : Math.round(value)} km`;

type Maybe<T> = T | null | undefined;

/** What is known of where an incident or a place lies: their border columns. */
export interface Located {
  border_km?: Maybe<number>;
  border_km_error?: Maybe<number>;
  side?: Maybe<string>;
  border_vintage?: Maybe<string>;
  border_status?: Maybe<string>;
  border_valid?: Maybe<string>;
  side_shares?: Maybe<string>;
  other_km_low?: Maybe<number>;
  other_km_high?: Maybe<number>;
  other_sides?: Maybe<string>;
  other_sources?: Maybe<string>;
}

/** Below this a distance would be said as 0.0 km. */
const TOUCHES_KM = 0.05;

const ENCLAVE = /^enclave\((.*)\)$/;

/**
 * "7.9 km from the line, on the Armenian side (OSM 2026; 6.8 to 8.8 km in other sources)"; null when nothing was
 * measured.
 */
export function distanceWords(located: Located): string | null {
  const { border_km: distance, side, border_vintage: vintage } = located;
  const told = [vintage, othersKm(located)].filter(Boolean).join("; ");
  const named = told ? ` (${told})` : "";
  if (side === "no_line_for_date") return "no line of that date is loaded, only lines of other dates";
  if (side === "straddles") return `straddles the line${named}`;
  if (distance === null || distance === undefined) return null;
  if (distance < TOUCHES_KM)
    return `reaches the line${side === "uncertain" ? ", so no side is stated" : sideWords(side)}${named}`;
  const doubt = side === "uncertain" ? uncertainWords(located) : sideWords(side);
  return `${km(distance)} from the line${doubt}${named}`;
}

/** The two numbers that leave a side open. */
function uncertainWords({ border_km: distance, border_km_error: error }: Located): string {
  if (error === null || error === undefined) return ", side uncertain: how far this may be off is not known";
  return `, side uncertain: ${km(distance!)} is within the error of ${km(error)}`;
}

/** "6.8 to 8.8 km in other sources" */
function othersKm({ other_km_low: low, other_km_high: high, other_sources: sources }: Located): string | null {
  if (low === null || low === undefined) return null;
  const [first, last] = [km(low), km(high ?? low)];
  const where = many(sources).length === 1 ? "another source" : "other sources";
  if (low < TOUCHES_KM) return (high ?? low) < TOUCHES_KM ? null : `0 to ${last} in ${where}`;
  return `${first === last ? first : `${first.replace(" km", "")} to ${last}`} in ${where}`;
}

/** "another side by other sources: on the Azerbaijani side (OSM 2017)" */
export function otherSidesWords(sides: Maybe<string>): string | null {
  const told = many(sides).map((each) => {
    const [, side, source] = /^(.*) (\(.*\))$/.exec(each) ?? [null, each, ""];
    return `${sideWords(side).replace(/^, /, "")} ${source}`.trim();
  });
  return told.length ? `another side by other sources: ${told.join("; ")}` : null;
}

function sideWords(side: string | null | undefined): string {
  if (!side) return "";
  if (side === "outside") return ", in neither of the countries that it parts";
  const enclave = ENCLAVE.exec(side);
  return enclave ? `, in the enclave of ${enclave[1]}` : `, ${onTheSide(side)}`;
}

/** What the side filter calls a value. */
export function sideName(side: string): string {
  const enclave = ENCLAVE.exec(side);
  if (enclave) return `Enclave of ${enclave[1]}`;
  const fixed: Record<string, string> = {
    straddles: "Straddles the line",
    uncertain: "Uncertain",
    outside: "In neither country",
    no_line_for_date: "No line for the date",
  };
  return fixed[side] ?? (REGION.test(side) ? `${DEMONYMS[side] ?? countryName(side)} side` : side);
}

/** How far a distance may be off, in words; a place that reaches the line has none. */
export function errorWords({ border_km: distance, border_km_error: error }: Located): string | null {
  if (error === null || error === undefined || (distance ?? 0) < TOUCHES_KM) return null;
  return `may be off by about ${km(error)}: the line's error and the extent of the place`;
}

export interface Sovereign {
  country: Maybe<string>;
  country_source?: Maybe<string>;
  country_also?: Maybe<string>;
  held_by?: Maybe<string>;
}

/** "recognised as Azerbaijan (OSM 2026)", and who holds it where that is sourced. */
export function sovereigntyWords(sovereign: Sovereign): string | null {
  const { country, country_source: layer, country_also: also, held_by: heldBy } = sovereign;
  if (!country) return null;
  const others = many(also).map(countryName);
  const shared = others.length ? `; the areas of ${others.join(", ")} reach this point too` : "";
  const named = (layer ? ` (${layer})` : "") + shared;
  if (!heldBy) return `recognised as ${countryName(country)}${named}`;
  if (/recognised/i.test(heldBy)) return heldBy + named;
  return `recognised as ${countryName(country)}, held by ${REGION.test(heldBy) ? countryName(heldBy) : heldBy}${named}`;
}

/** "Armenia (a ministry's map of 2019)": from a dated layer of who controls what, never from the side. */
export const controlWords = (control: Maybe<string>, source: Maybe<string>): string | null =>
  control ? countryName(control) + (source ? ` (${source})` : "") : null;

/** "AM 0.62 | AZ 0.38" -> "62 % on the Armenian side, 38 % on the Azerbaijani side" */
export function sharesWords(shares: Maybe<string>): string | null {
  const parts = many(shares).map((part) => {
    const [side, share] = part.split(" ") as [string, string];
    const where = REGION.test(side) ? onTheSide(side) : sideName(side).toLowerCase();
    return `${percent(Number(share))} ${where}`;
  });
  return parts.join(", ") || null;
}

function percent(share: number): string {
  if (share > 0 && share < 0.01) return "under 1 %";
  return share < 1 && share > 0.99 ? "over 99 %" : `${Math.round(share * 100)} %`;
}

/** The seat of a district: a reference only, never the district's position. */
export function seatWords(seat: Place, degrees: string): string {
  const distance = distanceWords(seat);
  return `${[`seat: ${seat.name} ${seat.kind} ${degrees}`, distance].filter(Boolean).join(", ")}; a reference only`;
}

const STATUS: Record<string, string> = {
  delimited: "delimited",
  not_delimited: "not delimited; not a line of control",
  disputed: "disputed",
  control_line: "control line",
  claimed: "claimed",
  historical: "historical",
  enclave: "outline of an enclave",
  unstated: "status not stated",
  out_of_force: "not in force at the time shown",
};

/** A kind of line, as style.ts names it, in words. */
export function kindWords(kind: string): string {
  const [status, isSchematic] = splitKind(kind);
  return `${STATUS[status] ?? status}${isSchematic ? "; schematic, drawn roughly by hand" : ""}`;
}

/** "10 Nov 2020 to 26 Aug 2022", "from 24 May 2024", "until 10 Nov 2020"; null without dates. */
export function intervalWords({ valid_from: from, valid_to: to }: Pick<Border, "valid_from" | "valid_to">) {
  if (from && to) return `${isoWords(from)} to ${isoWords(to)}`;
  return from ? `from ${isoWords(from)}` : to ? `until ${isoWords(to)}` : null;
}

/** The line that was met: "not delimited at that date", "control line, 10 Nov 2020 to 26 Aug 2022". */
export function lineWords({ border_status: status, border_valid: valid }: Located, isDated = true): string | null {
  const notYet = `not delimited${isDated ? " at that date" : ""}`;
  const kinds = many(status).map((kind) => (kind === "not_delimited" ? notYet : (STATUS[kind] ?? kind)));
  const times = many(valid).map((interval) => {
    const [from, to] = interval.split("/").map((end) => (end === ".." ? null : end)) as [string | null, string | null];
    return intervalWords({ valid_from: from, valid_to: to });
  });
  return [kinds.join(" and "), times.join(" and ")].filter(Boolean).join(", ") || null;
}

/** Where no line of the incident's time is loaded, but one that was drawn in another year. */
export function vintageWords(located: Located, start: number | null): string | null {
  const drawn = /\b(\d{4})$/.exec(located.border_vintage ?? "")?.[1];
  if (!drawn || located.border_valid || start === null) return null;
  const year = String(civil(start).year);
  return drawn === year ? null : `the line as drawn in ${drawn}; none of ${year} is loaded`;
}

/** "in force from 1 Jan 1994 to 10 Nov 2020" */
export function validityWords({ valid_from: from, valid_to: to }: Pick<Border, "valid_from" | "valid_to">): string {
  if (!from && !to) return "no dates stated";
  const start = from ? ` from ${isoWords(from)}` : "";
  return `in force${start}${to ? `${from ? " to" : " until"} ${isoWords(to)}` : ", no end stated"}`;
}
