// A place, or a spot of equal coordinates: its names, its facts, and the dated list of what is reported there.
import { distanceWords, errorWords, lineWords, otherSidesWords, sovereigntyWords } from "./border-words";
import type { Place } from "./document";
import { el, facts, type Child } from "./dom";
import { degreesInWords } from "./geo";
import { glyphIcon } from "./glyph-icon";
import { headline, incidentView, seatOf } from "./incident-view";
import { claimsSection } from "./claims-view";
import { GROUP_WORDS, capital, decimalsFor, plural } from "./words";
import { FORMS, formOf, type Form } from "./marks";
import { headlines, otherSpellings } from "./names";
import { placeOf } from "./scene";
import type { Store } from "./store";
import { isoWords, whenWords } from "./time";

/** Lists up to this long show each row in full when opened; longer ones lead to a card of their own. */
const IN_FULL = 24;
/** A stack may hold hundreds of rows: so many are listed at a time. */
const AT_A_TIME = 200;
const AREA_KINDS: ReadonlySet<string> = new Set([
  "district", "province", "country", "region", "lake", "sea", "island", "mine",
]);

const isArea = (place: Place): boolean => AREA_KINDS.has(place.kind);

/** The names of a place at one size, sides in alphabetical order. */
export function nameHeads(place: Place): HTMLElement[] {
  return headlines(place).map(({ name, community }) =>
    el("span", { class: "name" }, name, el("small", {}, ` ${community}`)),
  );
}

export function placeView(store: Store, index: number): HTMLElement {
  const place = store.scene.places[index]!;
  const own = rowsAt(store, index);
  const district = own.length ? -1 : store.scene.places.findIndex(({ seat }) => seat === index);
  const rows = district < 0 ? own : rowsAt(store, district);
  const incidents = rows.map((row) => store.scene.incidents.record(row));
  const claims = claimsSection(store.scene, incidents);
  const subject = store.scene.places[district] ?? place;
  const note = district < 0 ? null : seatNote(store, district);
  return el("div", { class: "place" }, note, placeFacts(store, place, rows), ...groups(store, subject, rows), claims);
}

const rowsAt = (store: Store, place: number): number[] =>
  [...store.selection.rows].filter((row) => store.scene.incidents.number("place", row) === place);

/** A town that stands on the map because a district is named for it: which one, and that no row names the town. */
function seatNote(store: Store, district: number): HTMLElement {
  const open = () => store.open({ kind: "place", place: district });
  const link = el("button", { type: "button", class: "action", onclick: open }, store.scene.places[district]!.name);
  return el("p", { class: "lead" }, "The seat of ", link, ", which the reports below name. None names the town itself.");
}

function placeFacts(store: Store, place: Place, rows: readonly number[]): HTMLElement {
  const area = isArea(place);
  const first = rows[0] === undefined ? null : store.scene.incidents.record(rows[0]);
  return facts([
    ["What it is", [capital(place.kind), place.admin1].filter(Boolean).join(", ")],
    [
      "Reference point",
      area ? null : degreesInWords([place.lon, place.lat], decimalsFor("settlement")),
      area ? seatOf(store.scene, place) : null,
    ],
    ["Sovereignty", sovereigntyWords(place)],
    [
      "Side and distance",
      distanceWords(place),
      otherSidesWords(place.other_sides),
      errorWords(place),
      ...datedLine(store, place),
    ],
    ["Also written", otherSpellings(place).join(", ")],
    ["How it was matched", reasons(store, rows)],
    ["Position from", place.source],
    ["Note", place.note],
    [
      "Extent",
      first && area && place.radius_km !== null
        ? `an area of about ${place.radius_km} km radius; no point stands for it`
        : null,
    ],
  ]);
}

/** A place is measured to the line of the map's own day; where that has dates, they are said. */
function datedLine(store: Store, place: Place): Child[] {
  const day = isoWords(store.scene.as_of);
  return place.border_valid || place.side === "no_line_for_date"
    ? [lineWords(place), day && `measured as of ${day}; a report is measured to the line of its own date`]
    : [];
}

/** Why the names were matched to this place, each reason once, with the spelling it is about. */
function reasons(store: Store, rows: readonly number[]): HTMLElement | null {
  const table = store.scene.incidents;
  const found = rows.map((row) => {
    const [text, why, rivals] = [
      table.text("place_text", row),
      table.text("match_why", row),
      table.text("match_rivals", row),
    ];
    return why && `“${text ?? ""}”: ${why}${rivals ? `; not chosen: ${rivals.replaceAll(" | ", ", ")}` : ""}`;
  });
  const distinct = [...new Set(found.filter((reason) => reason !== null))];
  return distinct.length ? el("ul", {}, ...distinct.map((reason) => el("li", {}, reason))) : null;
}

/** Dated lists by relation: alleged targets and origins never merge. */
function groups(store: Store, place: Place, rows: readonly number[]): HTMLElement[] {
  const table = store.scene.incidents;
  const form = (row: number) => formOf(table.text("place_precision", row), table.text("relation", row));
  const shown: (Form | null)[] = [...FORMS, null];
  return shown.flatMap((wanted) => {
    const members = rows.filter((row) => form(row) === wanted);
    if (!members.length) return [];
    const title = wanted ? GROUP_WORDS[wanted].replace("*", () => place.name) : "In the list only";
    const icon = wanted && glyphIcon({ form: wanted, shape: "circle", colour: null });
    return [
      el(
        "section",
        { class: "group" },
        el("h3", {}, icon, `${title} (${plural(members.length, "row")})`),
        datedList(store, members),
      ),
    ];
  });
}

/** A spot of equal coordinates. */
export function stackView(store: Store, rows: readonly number[]): HTMLElement {
  const claims = claimsSection(
    store.scene,
    rows.map((row) => store.scene.incidents.record(row)),
  );
  return el(
    "div",
    { class: "place" },
    el("p", {}, `${plural(rows.length, "row")} with these coordinates`),
    datedList(store, rows),
    claims,
  );
}

function datedList(store: Store, rows: readonly number[]): HTMLElement {
  const list = el("ol", { class: "dated" });
  const inFull = rows.length <= IN_FULL;
  const more = el("button", { type: "button", class: "action" });
  let shown = 0;
  const show = () => {
    for (const row of rows.slice(shown, shown + AT_A_TIME))
      list.append(inFull ? folded(store, row, rows.length <= 2) : leading(store, row));
    shown += AT_A_TIME;
    more.hidden = shown >= rows.length;
    more.textContent = `Show more (${rows.length - shown} left)`;
  };
  more.addEventListener("click", show);
  show();
  return el("div", {}, list, more);
}

function lineOf(store: Store, row: number): Child[] {
  const incident = store.scene.incidents.record(row);
  const place = placeOf(store.scene, row);
  const said = incident.claimant ?? incident.source_name?.split(" | ")[0];
  return [
    el("time", {}, whenWords(incident)),
    el("span", {}, headline(incident, place)),
    said ? el("small", {}, said) : null,
  ];
}

function folded(store: Store, row: number, open: boolean): HTMLElement {
  const body = () => incidentView(store.scene, store.scene.incidents.record(row), false);
  const details = el("details", { open }, el("summary", {}, ...lineOf(store, row)));
  if (open) details.append(body());
  else details.addEventListener("toggle", () => details.append(body()), { once: true });
  return el("li", {}, details);
}

function leading(store: Store, row: number): HTMLElement {
  const open = () => store.open({ kind: "incident", row });
  return el("li", {}, el("button", { type: "button", class: "line", onclick: open }, ...lineOf(store, row)));
}
