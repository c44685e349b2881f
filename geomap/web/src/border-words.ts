// Distances, sides and sovereignty in words. Three facts, never derived from one another: recognised sovereignty,
// control at a date, and the geometric side of a named line.
import type { Border, Place } from "./document";
import { isoWords } from "./time";

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

export interface Located {
  border_km: number | null | undefined;
  border_km_error: number | null | undefined;
  side: string | null | undefined;
  border_vintage: string | null | undefined;
  held_by?: string | null | undefined;
}

/** Below this a distance would be said as 0.0 km. */
const TOUCHES_KM = 0.05;

const ENCLAVE = /^enclave\((.*)\)$/;

/** "7.9 km from the line, on the Armenian side (OSM 2026)"; null when nothing was measured. */
export function distanceWords(located: Located): string | null {
  const { border_km: distance, side, border_vintage: vintage } = located;
  const named = vintage ? ` (${vintage})` : "";
  if (side === "no_line_for_date") return "no line is loaded for this date";
  if (side === "straddles") return `straddles the line${named}`;
  if (distance === null || distance === undefined) return null;
  if (distance < TOUCHES_KM)
    return `reaches the line${side === "uncertain" ? ", so no side is stated" : sideWords(side)}${named}`;
  return `${km(distance)} from the line${sideWords(side)}${named}`;
}

function sideWords(side: string | null | undefined): string {
  if (!side) return "";
  if (side === "uncertain") return ", side uncertain: the error is larger than the distance";
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

/** "recognised as Azerbaijan", and who holds it where that is sourced. */
export function sovereigntyWords(country: string | null, heldBy: string | null | undefined): string | null {
  if (!country) return null;
  if (!heldBy) return `recognised as ${countryName(country)}`;
  if (/recognised/i.test(heldBy)) return heldBy;
  return `recognised as ${countryName(country)}, held by ${REGION.test(heldBy) ? countryName(heldBy) : heldBy}`;
}

/** The seat of a district: a reference only, never the district's position. */
export function seatWords(seat: Place, degrees: string): string {
  const distance = distanceWords({ ...missing, ...seat });
  return `${[`seat: ${seat.name} ${seat.kind} ${degrees}`, distance].filter(Boolean).join(", ")}; a reference only`;
}

const missing: Located = { border_km: null, border_km_error: null, side: null, border_vintage: null };

const STATUS: Record<string, string> = {
  delimited: "delimited",
  not_delimited: "not delimited; not a line of control",
  disputed: "disputed",
  control_line: "line of control",
  claimed: "claimed",
  historical: "historical",
  enclave: "outline of an enclave",
  unstated: "status not stated",
};

export const statusWords = (status: string): string => STATUS[status] ?? status;

/** "in force from 1 Jan 1994 to 10 Nov 2020" */
export function validityWords({ valid_from: from, valid_to: to }: Pick<Border, "valid_from" | "valid_to">): string {
  if (!from && !to) return "no dates stated";
  const parts = [from && `from ${isoWords(from)}`, to ? `to ${isoWords(to)}` : "no end stated"];
  return `in force ${parts.filter(Boolean).join(" ")}`;
}
