// Controls on the map face: zoom, home, scale, legend, layers, credits. Built here, for Leaflet's own take markup.
import * as L from "leaflet";
import { borderTitle, pairWords } from "./border-view";
import { intervalWords, kindWords, validityWords } from "./border-words";
import type { Border } from "./document";
import { el, fill, svg, type Child } from "./dom";
import { glyphIcon } from "./glyph-icon";
import { FORMS } from "./marks";
import type { MapView } from "./map";
import { MANY_MARKS } from "./marks-layer";
import { onPaper } from "./scheme";
import type { Store } from "./store";
import { lineStyle } from "./style";
import { isoWords } from "./time";
import { groupBy } from "./tolls";
import { FORM_WORDS, capital, plural } from "./words";

const CROWDED =
  " Far out, near places share one ring; a small hatched square is an area whose extent shows when it is opened.";

/** Everything that lies over the map. */
export function controls(view: MapView, store: Store, showCredits: () => void): HTMLElement[] {
  L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 110 }).addTo(view.map);
  return [
    el("div", { class: "corner" }, zoomButtons(view), layersBox(store)),
    legendBox(store),
    face(store, showCredits),
  ];
}

function zoomButtons(view: MapView): HTMLElement {
  const button = (label: string, sign: string, act: () => unknown) =>
    el("button", { type: "button", "aria-label": label, title: label, onclick: () => void act() }, sign);
  return el(
    "div",
    { class: "zoom", role: "group", "aria-label": "Zoom" },
    button("Zoom in", "+", () => view.map.zoomIn(1)),
    button("Zoom out", "−", () => view.map.zoomOut(1)),
    button("Show the whole map", "⌂", () => view.fit()),
  );
}

function layersBox(store: Store): HTMLElement {
  const boxes = store.scene.borders.map((border) => borderBox(store, border));
  const areas = checkbox(true, (on) => store.toggleAreas(on), ["Districts and regions, hatched"]);
  return el(
    "details",
    { class: "box layers" },
    el("summary", {}, "Layers"),
    el(
      "div",
      { class: "box-body" },
      el("fieldset", {}, el("legend", {}, "Reports"), areas),
      boxes.length > 0 && el("fieldset", {}, el("legend", {}, "Lines"), ...boxes),
    ),
  );
}

function borderBox(store: Store, border: Border): HTMLElement {
  const box = checkbox(false, (on) => store.toggleBorder(border.id, on), []);
  const [input, label] = box.children as unknown as [HTMLInputElement, HTMLElement];
  const about = el(
    "button",
    { type: "button", class: "info", onclick: () => store.open({ kind: "border", id: border.id }) },
    "source",
  );
  const update = () => {
    input.checked = store.shown.has(border.id);
    fill(label, ...borderRow(store, border), about);
  };
  update();
  store.on("layers", update);
  return box;
}

function checkbox(on: boolean, change: (on: boolean) => void, label: Child[]): HTMLElement {
  const input = el("input", {
    type: "checkbox",
    onchange: (event) => change((event.target as HTMLInputElement).checked),
  });
  input.checked = on;
  return el("label", { class: "check" }, input, el("span", {}, ...label));
}

function borderRow(store: Store, border: Border): Child[] {
  const dates = border.valid_from || border.valid_to ? `; ${validityWords(border)}` : "";
  const kind = store.kindOf(border);
  return [sample(kind), borderTitle(border), el("small", {}, ` ${kindWords(kind)}${dates} `)];
}

/** A line as it is drawn. */
function sample(kind: string): SVGElement {
  const { width, dash, opacity } = lineStyle(kind);
  const line = svg("line", {
    x1: 1,
    y1: 6,
    x2: 31,
    y2: 6,
    stroke: "currentColor",
    "stroke-width": width,
    "stroke-dasharray": dash,
    "stroke-opacity": opacity,
    "stroke-linecap": "round",
  });
  return svg("svg", { class: "sample", width: 32, height: 12, viewBox: "0 0 32 12", "aria-hidden": "true" }, line);
}

function legendBox(store: Store): HTMLElement {
  const used = new Set(store.marks.map((mark) => mark.form));
  const crowded = store.marks.length > MANY_MARKS ? CROWDED : "";
  const forms = FORMS.filter((form) => used.has(form)).map((form) =>
    el("li", {}, glyphIcon({ form, shape: "circle", colour: null }), FORM_WORDS[form]),
  );
  const kinds = store.scene.legend.kinds.map(({ kind, colour, shape }) =>
    el("li", {}, glyphIcon({ form: "settlement", shape, colour }), kind),
  );
  const lines = el("section", {});
  const update = () => {
    const kinds = lineKinds(store);
    lines.hidden = !kinds.length;
    fill(lines, el("h3", {}, "Lines"), el("ul", {}, ...kinds));
  };
  update();
  store.on("layers", update);
  const box = el(
    "details",
    { class: "box legend" },
    el("summary", {}, "Legend"),
    el(
      "div",
      { class: "box-body" },
      part("What is reported", kinds),
      part("Where, and how sure", forms),
      lines,
      el(
        "p",
        { class: "small" },
        `A number counts rows; several colours are several kinds.${crowded} Marks are never sized by deaths, nor coloured by side.`,
      ),
    ),
  );
  box.open = window.matchMedia("(min-width: 1100px) and (min-height: 760px)").matches;
  let onScreen = box.open;
  onPaper((printing) => {
    if (printing) onScreen = box.open;
    box.open = printing || onScreen;
  });
  return box;
}

/** One entry a kind of line that is drawn. */
function lineKinds(store: Store): HTMLElement[] {
  const shown = store.scene.borders.filter(({ id }) => store.shown.has(id));
  const kinds = [...new Set(shown.map((border) => store.kindOf(border)))].sort();
  return kinds.map((kind) => el("li", {}, sample(kind), capital(kindWords(kind))));
}

const part = (title: string, items: HTMLElement[]): HTMLElement | null =>
  items.length ? el("section", {}, el("h3", {}, title), el("ul", {}, ...items)) : null;

/** As-of, the lines and their sources, credits: what a picture of the map must carry. */
function face(store: Store, showCredits: () => void): HTMLElement {
  const { scene } = store;
  const known = scene.claims.length ? "Claims known up to" : "As of";
  const asOf = scene.as_of && el("strong", {}, `${known} ${isoWords(scene.as_of)}`);
  const line = el("span", {});
  const update = () => fill(line, linesInWords(store));
  update();
  store.on("layers", update);
  const all = el("button", { type: "button", class: "action", onclick: showCredits }, "All credits");
  const { citations, embed_text: free } = scene.licence;
  const stated = "Boundaries and names do not imply endorsement";
  // Data that may not be passed on must be cited wherever they are shown; other citations may give way on a phone.
  const first = [asOf, line, ...osmCredit(store), stated, ...(free ? [] : citations)];
  const more = [...(free ? citations : []), ...credits(store)];
  return keepsClear(
    el(
      "p",
      { class: "face" },
      ...joined(first),
      el("span", { class: "more" }, ...more.map((credit) => ` · ${credit}`)),
      el("span", { class: "all" }, " · ", all),
    ),
  );
}

/** Tell the boxes beside the map face how tall it is, so that none covers the as-of line. */
function keepsClear(face: HTMLElement): HTMLElement {
  new ResizeObserver(() => face.parentElement?.style.setProperty("--face", `${face.offsetHeight}px`)).observe(face);
  return face;
}

function joined(parts: Child[]): Child[] {
  return parts.filter(Boolean).flatMap((part, index) => (index ? [" · ", part] : [part]));
}

/** The lines in view by layer: "Armenia – Azerbaijan: OSM 2026, not delimited; not a line of control". */
function linesInWords(store: Store): string {
  const lines = store.scene.borders.filter(({ id, role }) => store.shown.has(id) && role !== "enclave");
  const layers = groupBy(lines, (border) => layerWords(border, store.kindOf(border)));
  const words = layers.map(([layer, members]) => {
    const names = [...new Set(members.map((border) => pairWords(border.pair) ?? borderTitle(border)))];
    return `${names.length > 2 ? plural(names.length, "line") : names.join(", ")}: ${layer}`;
  });
  return words.join("; ") || "No border line shown";
}

const layerWords = (border: Border, kind: string): string =>
  [[border.layer, border.vintage].filter(Boolean).join(" "), kindWords(kind), intervalWords(border)]
    .filter(Boolean)
    .join(", ");

function osmCredit({ scene }: Store): string[] {
  const drawn = scene.borders.map(({ source, licence }) => `${source ?? ""} ${licence ?? ""}`).join(" ");
  return /openstreetmap/i.test(drawn) ? ["Border © OpenStreetMap contributors, ODbL"] : [];
}

/** Credits that give way to a button where the screen is narrow. */
function credits({ scene }: Store): string[] {
  return [...new Set([...scene.basemap.source, ...(scene.credit ? [scene.credit] : []), "Leaflet"])];
}
