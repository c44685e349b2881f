// Claims: who says what about an incident, and who answers. The scene holds them in order of publication, an answer
// never above what it answers, and all lists here keep that order.
import type { Claim } from "./document";
import { many, type Incident } from "./table";
import { isToll } from "./tolls";

type Subject = Pick<Incident, "id" | "report_id">;

/**
 * The claims to read with some incidents: those about them (else those of their reports), and both ends of every
 * answer, so that a denied claim never stands without its denial. Tolls are an episode's and stay out.
 */
export function claimsOf(claims: readonly Claim[], ...incidents: Subject[]): Claim[] {
  const own = incidents.flatMap((incident) => claimsAbout(claims, incident));
  const targets = new Set(own.flatMap((claim) => many(claim.target_claim)));
  const questions = [...own, ...claims.filter((claim) => targets.has(claim.claim_id))];
  const chosen = new Set([...questions, ...questions.flatMap((claim) => answersTo(claims, claim.claim_id))]);
  return claims.filter((claim) => chosen.has(claim));
}

function claimsAbout(claims: readonly Claim[], incident: Subject): Claim[] {
  const report = claims.filter((claim) => claim.report_id !== undefined && claim.report_id === incident.report_id);
  const exact = claims.filter((claim) => claim.place_ref !== undefined && claim.place_ref === incident.id);
  const about = [...exact, ...report.filter((claim) => !claim.place_ref && claim.scope !== "episode")];
  return about.length ? about : report.filter((claim) => !isToll(claim));
}

/** The claims that answer a claim. */
export const answersTo = (claims: readonly Claim[], id: string): Claim[] =>
  claims.filter((claim) => many(claim.target_claim).includes(id));
