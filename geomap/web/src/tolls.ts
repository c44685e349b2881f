// Tolls as announced: which claims stand on a day. Nothing here adds one figure to another.
import type { Claim } from "./document";
import { many } from "./table";
import { DAY, parseIso } from "./time";
import { grouped } from "./words";

/** Categories with a number of people. */
const TOLL_CATEGORIES = ["killed", "killed_or_missing", "missing", "wounded", "captured", "displaced"] as const;
const IS_TOLL: ReadonlySet<string> = new Set(TOLL_CATEGORIES);

export const isToll = (claim: Claim): boolean =>
  claim.scope === "episode" && IS_TOLL.has(claim.category ?? "") && claim.stance !== "denies";

/** Statements about the episode that are no toll: ceasefires, territory, denials ... */
export const episodeStatements = (claims: readonly Claim[]): Claim[] =>
  claims.filter((claim) => claim.scope === "episode" && !isToll(claim));

export interface Tolls {
  standing: Claim[];
  undated: Claim[];
}

/**
 * The tolls that stand at the end of a day (minutes of its midnight; null: all dated ones have begun). A claim stands
 * from its `as_of` until a claim that names it in `supersedes` stands, whoever makes that one.
 */
export function tollsOn(claims: readonly Claim[], day: number | null): Tolls {
  const tolls = claims.filter(isToll);
  const begun = claims.filter((claim) => hasBegun(claim, day));
  const replaced = new Set(begun.flatMap((claim) => many(claim.supersedes)));
  return {
    standing: tolls.filter((claim) => hasBegun(claim, day) && !replaced.has(claim.claim_id)),
    undated: tolls.filter((claim) => parseIso(claim.as_of) === null && !replaced.has(claim.claim_id)),
  };
}

function hasBegun(claim: Claim, day: number | null): boolean {
  const from = parseIso(claim.as_of);
  return from !== null && (day === null || from < day + DAY);
}

/** First and last day on which a toll was announced; null without dated tolls. */
export function tollDays(claims: readonly Claim[]): [first: number, last: number] | null {
  const days = claims.filter(isToll).flatMap((claim) => {
    const from = parseIso(claim.as_of);
    return from === null ? [] : [Math.floor(from / DAY) * DAY];
  });
  return days.length ? [Math.min(...days), Math.max(...days)] : null;
}

/** Group by a key, groups in order of their keys, members in the order given. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Group tolls by category, the dead first. */
export function byCategory(claims: readonly Claim[]): [string, Claim[]][] {
  const order = (category: string) => TOLL_CATEGORIES.indexOf(category as (typeof TOLL_CATEGORIES)[number]);
  return groupBy(claims, (claim) => claim.category ?? "").sort(([a], [b]) => order(a) - order(b));
}

/** "49", "42–50", "at least 2,570", "up to 80", "number not stated" */
export function figure({ low, high }: Pick<Claim, "low" | "high">): string {
  if (low === undefined && high === undefined) return "number not stated";
  if (low === undefined) return `up to ${grouped(high!)}`;
  if (high === undefined) return `at least ${grouped(low)}`;
  return low === high ? grouped(low) : `${grouped(low)}–${grouped(high)}`;
}
