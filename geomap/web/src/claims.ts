// Claims: who says what about an incident, and who answers. Always in order of publication.
import type { Claim } from "./document";
import { many, type Incident } from "./table";
import { isToll } from "./tolls";

const when = (claim: Claim): string => claim.published_at ?? claim.as_of ?? "9999";

/** Sort by publication, then id; claims without a date come last. */
export function inOrder(claims: readonly Claim[]): Claim[] {
  return [...claims].sort((a, b) => compare(when(a), when(b)) || compare(a.claim_id, b.claim_id));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The claims to read with an incident: those about it (else those of its report), and both ends of every answer, so
 * that a denied claim never stands without its denial. Tolls are an episode's and stay out.
 */
export function claimsOf(claims: readonly Claim[], incident: Pick<Incident, "id" | "report_id">): Claim[] {
  const report = claims.filter((claim) => claim.report_id !== undefined && claim.report_id === incident.report_id);
  const exact = claims.filter((claim) => claim.place_ref !== undefined && claim.place_ref === incident.id);
  const shared = report.filter((claim) => !claim.place_ref && claim.scope !== "episode");
  const about = [...exact, ...shared];
  const own = about.length ? about : report.filter((claim) => !isToll(claim));
  const targets = new Set(own.flatMap((claim) => many(claim.target_claim)));
  const questions = [...own, ...claims.filter((claim) => targets.has(claim.claim_id))];
  return inOrder([...new Set([...questions, ...questions.flatMap((claim) => answersTo(claims, claim.claim_id))])]);
}

/** The claims that answer a claim. */
export const answersTo = (claims: readonly Claim[], id: string): Claim[] =>
  inOrder(claims.filter((claim) => many(claim.target_claim).includes(id)));
