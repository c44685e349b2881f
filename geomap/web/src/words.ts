// The words of the page: relations, precision, roles, stances. Verbs are said, reported, denied.
import type { Claim, Place } from "./document";
import { fold } from "./fold";
import type { Form } from "./marks";
import type { Incident } from "./table";

/** "1 report", "3 reports", "12,345 rows" */
export function plural(n: number, one: string, others = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : others}`;
}

/** 12,345 in every locale. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ",");

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** not_delimited -> not delimited */
const spaced = (word: string): string => word.replaceAll("_", " ");

export const FORM_WORDS: Record<Form, string> = {
  exact: "Exact position from the source",
  settlement: "Named settlement (its reference point)",
  near: "Near the named place; soft circle: its radius",
  target: "In the direction of: alleged target",
  origin: "From the direction of: alleged origin",
  area: "District or region, hatched; no point",
};

/** Heads of a place's lists; the star is the place. */
export const GROUP_WORDS: Record<Form, string> = {
  exact: "At *, position given by the source",
  settlement: "At *",
  near: "Near *",
  target: "In the direction of *: alleged target",
  origin: "From the direction of *: alleged origin",
  area: "Named area: *",
};

const RELATIONS: Record<string, string> = {
  at: "At the place",
  near: "Near the place",
  direction_of: "In the direction of the place: alleged target",
  from_direction_of: "From the direction of the place: alleged origin",
  along: "Along a stretch",
  between: "Between places",
  within: "Somewhere in the area",
};
const RELATIONS_SHORT: Record<string, string> = {
  at: "at",
  near: "near",
  direction_of: "in the direction of",
  from_direction_of: "from the direction of",
  along: "along",
  between: "between",
  within: "in",
};
const PRECISIONS: Record<string, string> = {
  exact: "Exact position",
  settlement: "Settlement",
  near: "Near a place",
  area: "District or area",
  region: "Region",
  country: "Country only",
};
const ROLES: Record<string, string> = {
  clash: "Reported fire or clash",
  threatened: "Said to be under threat",
  mentioned: "Mentioned",
};

export const relationWords = (relation: string | null): string =>
  RELATIONS[relation ?? ""] ?? capital(relation ?? "not stated");
export const relationShort = (relation: string | null): string => RELATIONS_SHORT[relation ?? ""] ?? "";
export const precisionName = (precision: string): string => PRECISIONS[precision] ?? capital(precision);
export const roleName = (role: string): string => ROLES[role] ?? capital(role);

/** What the drawn position is: "named place: Sotk; location of the fire not reported". */
export function positionWords(incident: Incident, place: Place | null): string {
  if (incident.status !== "placed") return "not placed on the map; see why below";
  const name = place?.name ?? incident.place_text ?? "the place";
  if (incident.position === "event") return givenPositionWords(incident);
  if (incident.position === "area") return `named area: ${name}; where in it is not reported`;
  return `named place: ${name}; location of the ${eventNoun(incident.kind)} not reported`;
}

function givenPositionWords({ place_precision: precision, place_radius_km: radius }: Incident): string {
  if (precision === "exact") return "position given by the source";
  const within = radius === null ? "" : `; the event may lie anywhere within about ${radius} km`;
  return `position given by the source, known as: ${precisionName(precision ?? "not stated").toLowerCase()}${within}`;
}

/** The noun for what happened; "fire" only where the row is about fire. */
function eventNoun(kind: string | null): string {
  return /fire|shell|artiller|mortar|drone|strike/i.test(kind ?? "") ? "fire" : "event";
}

/** "radius 5 km, a convention" */
export function radiusWords({ place_radius_km: radius, radius_kind: kind }: Incident): string | null {
  if (radius === null) return null;
  return `radius ${radius} km, ${kind === "source" ? "from the source" : "a convention of this map"}`;
}

/** The claimant's spelling kept beside the official name: "Istisu (= Jermuk)". */
export function writtenAndResolved(text: string | null, place: Place | null): string {
  if (!text) return place?.name ?? "place not stated";
  return place && fold(text) !== fold(place.name) ? `${text} (= ${place.name})` : text;
}

const STANCES: Record<Claim["stance"], string> = { asserts: "said", denies: "denied", confirms: "confirmed" };
export const stanceWords = (claim: Claim): string => STANCES[claim.stance] ?? claim.stance;

const VERIFICATIONS: Record<string, string> = {
  claimed: "claimed; not verified",
  denied: "denied by the other side",
  confirmed_by_other_side: "confirmed by the other side",
  documented: "documented independently",
  cannot_verify: "stated that it cannot verify",
};
export const verificationWords = (verification: string | undefined): string | null =>
  verification ? (VERIFICATIONS[verification] ?? spaced(verification)) : null;

export const categoryWords = (category: string | undefined): string =>
  category ? capital(spaced(category)) : "Statement";

const POPULATIONS: Record<string, string> = {
  military: "military",
  border_service: "border service",
  civilian: "civilians",
  unspecified: "not specified who",
};
export const populationWords = (population: string | undefined): string =>
  POPULATIONS[population ?? "unspecified"] ?? spaced(population ?? "");

/** Decimals of a stated coordinate: few where only a place near it or a direction is known. */
export function decimalsFor(precision: string | null): number {
  return precision === "exact" ? 5 : precision === "near" ? 2 : 3;
}
