// Claims in order of publication, every version at the same size, each saying what it answers.
import { answersTo, claimsOf } from "./claims";
import type { Claim } from "./document";
import { el } from "./dom";
import { sourceLinks } from "./sources-view";
import type { Scene } from "./scene";
import { many, type Incident } from "./table";
import { isoWords } from "./time";
import { figure, isToll } from "./tolls";
import { categoryWords, populationWords, relationShort, stanceWords, verificationWords } from "./words";

/** The claims to read with some incidents as a section; null when there are none. */
export function claimsSection(scene: Scene, incidents: readonly Incident[]): HTMLElement | null {
  if (!scene.claims.length) return null;
  const claims = claimsOf(scene.claims, ...incidents);
  return claims.length ? claimList("Who says what, in order of publication", claims, scene.claims) : null;
}

export function claimList(title: string, claims: readonly Claim[], all: readonly Claim[]): HTMLElement {
  const items = claims.map((claim) => el("li", {}, claimView(claim, all)));
  return el("section", { class: "claims" }, el("h3", {}, title), el("ol", {}, ...items));
}

function claimView(claim: Claim, all: readonly Claim[]): HTMLElement {
  const denied = answersTo(all, claim.claim_id).filter((answer) => answer.stance === "denies");
  return el(
    "article",
    { class: `claim ${claim.stance}`, "data-claim": claim.claim_id },
    el("p", { class: "who" }, el("strong", {}, claim.claimant), side(claim), ` ${stanceWords(claim)}:`),
    el("p", { class: "statement" }, statementOf(claim)),
    ...many(claim.target_claim).map((id) => answerLine(id, all)),
    denied.length > 0 &&
      el("p", { class: "denial" }, `Denied by ${[...new Set(denied.map((answer) => answer.claimant))].join("; ")}.`),
    el(
      "p",
      { class: "small" },
      [when(claim), relayed(claim), verificationWords(claim.verification)].filter(Boolean).join("; "),
    ),
    claim.note ? el("p", { class: "small" }, claim.note) : null,
    sourceLinks(claim.source_url, claim.archive_url),
  );
}

const side = (claim: Claim): string => (claim.claimant_side ? ` (${claim.claimant_side})` : "");
const when = (claim: Claim): string | null =>
  claim.published_at ? `published ${isoWords(claim.published_at)}` : "publication date not stated";
const relayed = (claim: Claim): string | null => (claim.relayed_by ? `relayed by ${claim.relayed_by}` : null);

function statementOf(claim: Claim): string {
  if (claim.statement) return claim.statement;
  if (!isToll(claim))
    return [categoryWords(claim.category), relationShort(claim.relation ?? null)].filter(Boolean).join(" ");
  return `${figure(claim)} ${categoryWords(claim.category).toLowerCase()}, ${populationWords(claim.population)}`;
}

function answerLine(id: string, all: readonly Claim[]): HTMLElement {
  const answered = all.find((claim) => claim.claim_id === id);
  const words = answered
    ? `${answered.claimant}: “${statementOf(answered)}”`
    : `a claim that is not in this map (${id})`;
  return el("p", { class: "answers" }, `In answer to ${words}`);
}
