// A place's names as a card shows them: both communities' at equal rank, sides in alphabetical order.
import type { Place } from "./document";
import { fold } from "./fold";

const COMMUNITY: Record<string, string> = {
  hy: "Armenian",
  az: "Azerbaijani",
  ru: "Russian",
  ka: "Georgian",
  tr: "Turkish",
  fa: "Persian",
  en: "English",
  ar: "Arabic",
  ku: "Kurdish",
  Armn: "Armenian script",
  Cyrl: "Cyrillic script",
  Latn: "Latin script",
  Geor: "Georgian script",
  Arab: "Arabic script",
};
const OFFICIAL: Record<string, string> = { AM: "Armenian", AZ: "Azerbaijani", GE: "Georgian" };
const LATIN = /^[\p{Script=Latin}\p{M}\p{P}\s\d]+$/u;

export interface Headline {
  name: string;
  community: string;
}

const languageName = (code: string): string => COMMUNITY[code.slice(0, 2)] ?? COMMUNITY[code] ?? code;

/** Whether a name is labelled by its script ("Latn"), for want of a language: a spelling, no community's name. */
const isScript = (code: string): boolean => code.length === 4;

/** The names that head a card at one size: the official one and the other community's, romanised, by community. */
export function headlines(place: Place): Headline[] {
  const official = { name: place.name, community: OFFICIAL[place.country ?? ""] ?? "official name" };
  const others = place.names
    .filter(
      ([name, language, kind]) =>
        (kind === "other" || (kind === "own" && !isScript(language))) &&
        LATIN.test(name) &&
        fold(name) !== fold(place.name),
    )
    .map(([name, language]) => ({ name, community: languageName(language) || "other name" }))
    .filter(({ community }) => community !== official.community);
  const firsts = new Map([official, ...others].reverse().map((line) => [line.community, line]));
  return [...firsts.values()].sort((a, b) => (a.community < b.community ? -1 : a.community > b.community ? 1 : 0));
}

/** Every other spelling, once, in the order given. */
export function otherSpellings(place: Place): string[] {
  const shown = new Set(headlines(place).map(({ name }) => name));
  return [...new Set(place.names.map(([name]) => name))].filter((name) => !shown.has(name));
}
