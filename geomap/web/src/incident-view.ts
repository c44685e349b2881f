// One incident: what is said, where, when, by whom, how sure, and where it stands in the input.
import {
  controlWords,
  distanceWords,
  errorWords,
  lineWords,
  otherSidesWords,
  seatWords,
  sharesWords,
  sovereigntyWords,
  vintageWords,
} from "./border-words";
import { claimsSection } from "./claims-view";
import type { Place } from "./document";
import { el, facts, type Child } from "./dom";
import { degreesInWords } from "./geo";
import { isCoarse } from "./marks";
import { placeOf, positionOf, type Scene } from "./scene";
import { sourcesSection } from "./sources-view";
import { many, type Incident } from "./table";
import { dayWords, isoWords, whenWords } from "./time";
import {
  capital,
  decimalsFor,
  grouped,
  positionWords,
  radiusWords,
  relationShort,
  relationWords,
  roleName,
  writtenAndResolved,
} from "./words";

/** "In the direction of Sotk", "Jermuk", "Along Sotk to Goris": our words begin large, a file's stay as they are. */
export function headline(incident: Incident, place: Place | null): string {
  const name = writtenAndResolved(incident.place_text, place);
  const relation = incident.relation === "at" ? "" : relationShort(incident.relation);
  return relation ? `${capital(relation)} ${name}` : name;
}

/** Everything about an incident, as the body of a card; the claims may be left to the caller. */
export function incidentView(scene: Scene, incident: Incident, withClaims = true): HTMLElement {
  const place = placeOf(scene, incident.index);
  const content = [
    incident.text ? el("blockquote", {}, incident.text) : null,
    facts(saidFacts(incident)),
    el("h3", {}, "Where"),
    facts([...positionFacts(scene, incident, place), ...matchFacts(incident)]),
    withClaims && claimsSection(scene, [incident]),
    sourcesSection(incident),
  ];
  return el("div", { class: "incident" }, ...(incident.graphic ? [cover(content)] : content), origin(incident));
}

/** Graphic rows are covered until asked for. */
function cover(content: readonly Child[]): HTMLElement {
  const box = el(
    "div",
    { class: "cover" },
    el("p", {}, "This row is marked as graphic. Its text and links are covered."),
  );
  const show = () => box.replaceWith(el("div", {}, ...content));
  box.append(el("button", { type: "button", class: "action", onclick: show }, "Show it"));
  return box;
}

function saidFacts(incident: Incident): [string, ...Child[]][] {
  return [
    [
      "When",
      whenWords(incident),
      incident.time_text && `in the report's words: “${incident.time_text}”`,
      conventionWords(incident),
    ],
    ["Published", incident.published_at && isoWords(incident.published_at)],
    ["Said by", incident.claimant],
    ["Kind", incident.kind],
    ["Actors", ...many(incident.actors)],
    ["Role", incident.role && roleName(incident.role)],
    ["Deaths, as coded in the file", deathsWords(incident)],
    ["Repeats", incident.duplicate_of && `row ${incident.duplicate_of}, counted once`],
  ];
}

/** The range that "night of ..." is taken as. */
function conventionWords(incident: Incident): string | null {
  if (incident.time_precision !== "part_of_day") return null;
  return `taken as ${whenWords({ ...incident, time_precision: "exact" })}, a convention of this map`;
}

function deathsWords({ deaths_low: low, deaths_best: best, deaths_high: high }: Incident): string | null {
  if (low === null && best === null && high === null) return null;
  const range = low === high ? grouped(low ?? best ?? 0) : `${low ?? "?"} to ${high ?? "?"}`;
  return best === null || low === high ? range : `${range}, best estimate ${best}`;
}

function positionFacts(scene: Scene, incident: Incident, place: Place | null): [string, ...Child[]][] {
  return [
    ["Relation", relationWords(incident.relation)],
    ["What is shown", positionWords(incident, place), radiusWords(incident)],
    [
      incident.position === "event" ? "Position" : "Reference point",
      coordinates(scene, incident),
      seatOf(scene, place),
    ],
    ["Sovereignty", sovereigntyWords({ ...incident, held_by: incident.held_by ?? place?.held_by })],
    [
      incident.start === null ? "Control" : `Control on ${dayWords(incident.start)}`,
      controlWords(incident.control, incident.control_source),
    ],
    [
      distanceTerm(incident),
      distanceWords(incident),
      otherSidesWords(incident.other_sides),
      sharesWords(incident.side_shares),
      distanceNote(incident),
      errorWords(incident),
      ...lineFacts(scene, incident),
    ],
    ["Province", incident.admin1, incident.admin1_source ? `from ${incident.admin1_source}` : null],
  ];
}

/** What the line was at the incident's date. */
function lineFacts(scene: Scene, incident: Incident): Child[] {
  const met = new Set(many(incident.border_id));
  const isSchematic = scene.borders.some(({ id, schematic }) => schematic && met.has(id));
  const line = lineWords(incident, incident.start !== null);
  return [
    line && `the line: ${line}`,
    isSchematic && "the line is schematic, drawn roughly by hand",
    vintageWords(incident, incident.start),
  ];
}

/** Coordinates with the decimals that they bear; none for an area, or where only a region or country is known. */
function coordinates(scene: Scene, incident: Incident): string | null {
  const position = positionOf(scene, incident.index);
  if (!position || incident.position === "area" || isCoarse(incident.place_precision)) return null;
  const coarse = incident.relation === "at" ? incident.place_precision : "near";
  return degreesInWords(position, decimalsFor(coarse));
}

export function seatOf(scene: Scene, place: Place | null): string | null {
  const seat = place?.seat === null || place?.seat === undefined ? null : scene.places[place.seat];
  return seat ? seatWords(seat, degreesInWords([seat.lon, seat.lat], 3)) : null;
}

const isReferenceOnly = ({ relation, place_precision: precision }: Incident): boolean =>
  relation !== "at" || precision === "near";

const distanceTerm = (incident: Incident): string =>
  incident.position === "area" ? "Side and distance of the area" : "Side and distance";

function distanceNote(incident: Incident): string | null {
  if (incident.border_km === null || incident.position !== "reference") return null;
  return isReferenceOnly(incident) ? "the reference point's distance, not the event's" : null;
}

function matchFacts(incident: Incident): [string, ...Child[]][] {
  const why = incident.match_why ?? (incident.position === "event" ? "placed by the coordinates in the file" : null);
  return [
    ["Place as written", incident.place_text && `“${incident.place_text}”`],
    ["How it was matched", why],
    ["Not chosen", ...many(incident.match_rivals)],
  ];
}

function origin({ id, file, row }: Incident): HTMLElement {
  return el("p", { class: "small origin" }, `${file ?? "file not stated"}, row ${row ?? "?"}; id ${id}`);
}
