// "Tolls as announced": what stood on a day, by side, category and population. Never summed, never on the map.
import { countryName } from "./border-words";
import { claimList } from "./claims-view";
import type { Claim } from "./document";
import { el, fill, type Child } from "./dom";
import { sourceLinks } from "./sources-view";
import type { Store } from "./store";
import { DAY, dayWords, isoDate, isoWords, parseIso } from "./time";
import { byCategory, episodeStatements, figure, groupBy, tollDays, tollsOn } from "./tolls";
import { categoryWords, populationWords, verificationWords } from "./words";

export function tollsView(store: Store): HTMLElement {
  const panel = el("div", { class: "tolls" });
  const { claims } = store.scene;
  const days = tollDays(claims);
  const shown = el("div", { "aria-live": "polite" });
  const update = () => fill(shown, ...standing(store));
  store.on("tolls", update);
  update();
  const others = episodeStatements(claims);
  fill(
    panel,
    el("h2", {}, "Tolls as announced"),
    el(
      "p",
      { class: "lead" },
      "Figures as each side announced them. They belong to the episode, not to a place; they are never added up.",
    ),
    days && daySlider(store, days),
    shown,
    others.length > 0 && claimList("Other statements about the episode, in order of publication", others, claims),
  );
  return panel;
}

function daySlider(store: Store, [first, last]: [number, number]): HTMLElement {
  const input = el("input", {
    type: "range",
    "aria-label": "Day of the tolls",
    min: first / DAY - 1,
    max: last / DAY,
    step: 1,
  });
  const label = el("p", { class: "standing" });
  const update = () => {
    const day = store.claimsDay ?? dayOf(store.scene.as_of) ?? last;
    input.value = String(Math.min(day, last) / DAY);
    input.setAttribute("aria-valuetext", dayWords(day));
    label.textContent = `Standing on ${dayWords(day)}`;
  };
  input.addEventListener("input", () => store.setTollsDay(Number(input.value) * DAY));
  store.on("tolls", update);
  update();
  return el("div", { class: "day" }, label, input);
}

const dayOf = (iso: string | null): number | null => {
  const minutes = parseIso(iso);
  return minutes === null ? null : Math.floor(minutes / DAY) * DAY;
};

function standing(store: Store): Child[] {
  const day = store.claimsDay ?? dayOf(store.scene.as_of);
  const { standing: claims, undated } = tollsOn(store.scene.claims, day);
  if (!claims.length && !undated.length)
    return [el("p", {}, day === null ? "No tolls in this map." : `No toll had been announced by ${dayWords(day)}.`)];
  return [
    ...sides(claims),
    undated.length > 0 &&
      el(
        "section",
        { class: "undated" },
        el("h3", {}, "Undated"),
        el("p", { class: "small" }, "The sources give no day for these; they are not on the timeline."),
        ...sides(undated),
      ),
  ];
}

function sides(claims: readonly Claim[]): HTMLElement[] {
  return groupBy(claims, (claim) => countryName(claim.about_side ?? "Side not stated")).map(([side, members]) =>
    el("section", { class: "toll-side" }, el("h3", {}, `About ${side}`), ...categories(members)),
  );
}

function categories(claims: readonly Claim[]): HTMLElement[] {
  return byCategory(claims).map(([category, members]) =>
    el("div", { class: "toll-category" }, el("h4", {}, categoryWords(category)), el("ul", {}, ...members.map(tollRow))),
  );
}

function tollRow(claim: Claim): HTMLElement {
  const from = parseIso(claim.as_of);
  return el(
    "li",
    { class: "toll", "data-claim": claim.claim_id, "data-as-of": from === null ? null : isoDate(from) },
    el("span", { class: "figure" }, figure(claim)),
    el(
      "span",
      { class: "who" },
      populationWords(claim.population),
      el("small", {}, ` said ${claim.claimant}${claim.as_of ? `, as of ${isoWords(claim.as_of)}` : ""}`),
    ),
    el(
      "details",
      {},
      el("summary", {}, "source"),
      claim.statement ? el("p", {}, claim.statement) : null,
      note(claim),
      sourceLinks(claim.source_url, claim.archive_url),
    ),
  );
}

function note(claim: Claim): HTMLElement | null {
  const words = [
    verificationWords(claim.verification),
    claim.relayed_by && `relayed by ${claim.relayed_by}`,
    claim.note,
  ].filter(Boolean);
  return words.length ? el("p", { class: "small" }, words.join("; ")) : null;
}
