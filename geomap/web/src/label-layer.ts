// Labels: matched places first, as buttons; then the base map's, by rank and zoom. Greedy, without collisions.
import * as L from "leaflet";
import type { BaseLabel, Place } from "./document";
import { el } from "./dom";
import { fold } from "./fold";
import { mercator, roughKm } from "./geo";
import type { MarksLayer } from "./marks-layer";
import { place as placeLabels, type Rect, type Wanted } from "./placement";
import type { Store } from "./store";
import { zoomOfLabel } from "./style";

interface Candidate extends Wanted {
  key: string;
  make: () => HTMLElement;
  dot?: boolean;
}

const SIZES: Record<string, { font: string; spacing: number; height: number }> = {
  place: { font: "600 13px", spacing: 0, height: 18 },
  area: { font: "600 12px", spacing: 0.3, height: 18 },
  seat: { font: "500 12px", spacing: 0, height: 18 },
  country: { font: "600 13px", spacing: 4, height: 18 },
  province: { font: "400 11px", spacing: 2, height: 15 },
  town: { font: "400 12px", spacing: 0, height: 15 },
  village: { font: "400 11px", spacing: 0, height: 14 },
  lake: { font: "italic 400 12px", spacing: 0.4, height: 15 },
  river: { font: "italic 400 11px", spacing: 0.4, height: 14 },
  mountain: { font: "400 11px", spacing: 0, height: 14 },
};
const CENTRED: ReadonlySet<string> = new Set(["country", "province", "lake", "river"]);
const MOST = 400;
/** So many places, those with most rows, are labelled even where their labels cover marks. */
const SURE = 8;

export class LabelLayer extends L.Layer {
  readonly #store: Store;
  readonly #marks: MarksLayer;
  readonly #box = el("div", { class: "labels leaflet-zoom-hide" });
  readonly #ruler = document.createElement("canvas").getContext("2d")!;
  readonly #widths = new Map<string, number>();
  /** Elements by what they say, so that a label that stays is not made anew. */
  readonly #made = new Map<string, HTMLElement>();
  readonly #base: BaseLabel[];
  #map!: L.Map;

  constructor(store: Store, marks: MarksLayer) {
    super();
    this.#store = store;
    this.#marks = marks;
    this.#base = withoutNamesakes(store.scene.basemap.labels, store.scene.places);
    this.#base.sort((a, b) => a.rank - b.rank);
    marks.onDrawn = () => this.draw();
    // A click on a label is the label's own: the map does not look for marks below it.
    this.#box.addEventListener("click", (event) => event.stopPropagation());
  }

  override onAdd(map: L.Map): this {
    this.#map = map;
    const pane = map.createPane("labels");
    pane.style.zIndex = "500";
    pane.append(this.#box);
    this.draw();
    return this;
  }

  override onRemove(): this {
    this.#box.remove();
    return this;
  }

  draw(): void {
    if (!this.#map) return;
    const wanted = [...this.#placeCandidates(), ...this.#seatCandidates(), ...this.#baseCandidates()];
    const spots = placeLabels(wanted, this.#marks.obstacles);
    const focused = (document.activeElement as HTMLElement | null)?.dataset["place"];
    this.#box.replaceChildren(
      ...wanted.flatMap((candidate, index) => (spots[index] ? this.#elements(candidate, spots[index]) : [])),
    );
    if (focused)
      this.#box.querySelector<HTMLElement>(`[data-place="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  #elements({ key, make, dot, x, y }: Candidate, spot: Rect): HTMLElement[] {
    const known = this.#made.get(key) ?? make();
    this.#made.set(key, known);
    const label = moved(known, spot.left, spot.top);
    return dot ? [moved(el("i", { class: "dot", "aria-hidden": "true" }), x - 2, y - 2), label] : [label];
  }

  #point(lon: number, lat: number): L.Point {
    const [x, y] = mercator([lon, lat]);
    const pixels = 256 * 2 ** this.#map.getZoom();
    return L.point(x * pixels, y * pixels).subtract(this.#map.getPixelOrigin());
  }

  /** Places that have marks, those with most rows first. */
  #placeCandidates(): Candidate[] {
    const rows = new Map<number, number>();
    for (const mark of this.#store.marks) {
      if (mark.place === null || (mark.form === "area" && !this.#store.areasShown)) continue;
      rows.set(mark.place, (rows.get(mark.place) ?? 0) + mark.rows.length);
    }
    const view = this.#view();
    return [...rows]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .map(([index, count], order) => this.#placeCandidate(index, count, order < SURE))
      .filter((candidate) => isIn(view, candidate));
  }

  /** The towns that drawn districts are named for: no row names them, but readers look for them. */
  #seatCandidates(): Candidate[] {
    const { places } = this.#store.scene;
    const marked = new Set(this.#store.marks.map((mark) => mark.place));
    const seats = new Set(places.flatMap(({ seat }, index) => (seat !== null && marked.has(index) ? [seat] : [])));
    const view = this.#view();
    return [...seats]
      .filter((index) => !marked.has(index))
      .map((index) => this.#seatCandidate(places[index]!, index))
      .filter((candidate) => isIn(view, candidate));
  }

  #seatCandidate(place: Place, index: number): Candidate {
    const { x, y } = this.#point(place.lon, place.lat);
    const sized = this.#sized(place.name, "seat", x, y, { x: 2, y: 2 });
    const make = () => this.#button(place, index, "seat", el("span", { class: "unseen" }, ": the seat of a district"));
    return { ...sized, dot: true, must: true, key: `${place.id} seat`, make };
  }

  #placeCandidate(index: number, count: number, must: boolean): Candidate {
    const place = this.#store.scene.places[index]!;
    const rect = this.#marks.rectOf(index);
    const { x, y } = this.#point(place.lon, place.lat);
    const style = rect ? "place" : "area";
    const extra = rect ? 0 : this.#width(String(count), "area") + 8;
    const clear = rect && { x: Math.max(x - rect.left, rect.right - x), y: Math.max(y - rect.top, rect.bottom - y) };
    return {
      ...this.#sized(place.name, style, x, y, clear),
      width: this.#width(place.name, style) + 4 + extra,
      must,
      key: `${place.id} ${style} ${count}`,
      make: () => this.#placeButton(place, index, count, style),
    };
  }

  #placeButton(place: Place, index: number, count: number, style: string): HTMLElement {
    return this.#button(
      place,
      index,
      style,
      style === "area" ? el("span", { class: "tally" }, count) : el("span", { class: "unseen" }, `: ${count}`),
      el("span", { class: "unseen" }, count === 1 ? " row" : " rows"),
    );
  }

  #button(place: Place, index: number, style: string, ...told: HTMLElement[]): HTMLElement {
    const open = () => wasDragged(this.#map) || this.#store.open({ kind: "place", place: index });
    const attributes = { type: "button", class: `label ${style}`, "data-place": place.id, onclick: open };
    return el("button", attributes, place.name, ...told);
  }

  #baseCandidates(): Candidate[] {
    const zoom = this.#map.getZoom();
    const view = this.#view();
    const found: Candidate[] = [];
    for (const label of this.#base) {
      if (zoom < zoomOfLabel(label.kind, label.rank) || found.length >= MOST) continue;
      const { x, y } = this.#point(label.lon, label.lat);
      const dot = !CENTRED.has(label.kind);
      const sized = this.#sized(label.name, label.kind, x, y, dot ? { x: 2, y: 2 } : null);
      const key = `${label.kind} ${label.name} ${label.lon}`;
      const candidate = {
        ...sized,
        dot,
        key,
        make: () => el("div", { class: `label ${label.kind}`, "aria-hidden": "true" }, label.name),
      };
      if (isIn(view, candidate)) found.push(candidate);
    }
    return found;
  }

  #sized(text: string, style: string, x: number, y: number, clear: Wanted["clear"]): Wanted {
    const { height } = SIZES[style] ?? SIZES["town"]!;
    return { x, y, width: this.#width(text, style) + 2, height, clear };
  }

  #width(text: string, style: string): number {
    const key = `${style} ${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    const { font, spacing } = SIZES[style] ?? SIZES["town"]!;
    this.#ruler.font = `${font} system-ui, sans-serif`;
    const wide = style === "country" || style === "province" ? text.toUpperCase() : text;
    const width = Math.ceil(this.#ruler.measureText(wide).width + spacing * text.length);
    this.#widths.set(key, width);
    return width;
  }

  #view(): Rect {
    const size = this.#map.getSize();
    const from = this.#map.containerPointToLayerPoint([0, 0]);
    return {
      left: from.x - size.x * 0.3,
      top: from.y - size.y * 0.3,
      right: from.x + size.x * 1.3,
      bottom: from.y + size.y * 1.3,
    };
  }
}

const isIn = (view: Rect, { x, y }: Wanted): boolean =>
  x > view.left && x < view.right && y > view.top && y < view.bottom;

/** Leaflet's own test, absent from its types: a drag that began on a label is no click. */
const wasDragged = (map: L.Map): boolean => (map.dragging as L.Handler & { moved(): boolean }).moved();

function moved(element: HTMLElement, left: number, top: number): HTMLElement {
  element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  return element;
}

/** Leave out base labels that repeat a place of the scene: "Goris", or the province of "Kalbajar district". */
function withoutNamesakes(labels: readonly BaseLabel[], places: readonly Place[]): BaseLabel[] {
  const known = places.map((place) => ({ place, names: [place.name, ...place.names.map(([name]) => name)].map(fold) }));
  const repeats = (label: BaseLabel) => {
    const name = fold(label.name);
    const isName = (other: string) => other === name || (label.kind === "province" && other.startsWith(`${name} `));
    const reach = label.kind === "province" ? 40 : 8;
    return known.some(
      ({ place, names }) => names.some(isName) && roughKm([place.lon, place.lat], [label.lon, label.lat]) < reach,
    );
  };
  return labels.filter((label) => !repeats(label));
}
