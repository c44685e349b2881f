// The Leaflet map: layers from bottom to top, and the one place where clicks on it are resolved.
import * as L from "leaflet";
import { addBaseMap } from "./base-layer";
import { BorderLayer } from "./border-layer";
import { el, fill } from "./dom";
import type { Box } from "./geo";
import { LabelLayer } from "./label-layer";
import { MarksLayer, type Hit } from "./marks-layer";
import { positionOf } from "./scene";
import { isPaper, onPaper, onTheme, prefersStill, theme } from "./scheme";
import type { Store } from "./store";
import { grouped, plural } from "./words";

const CLOSEST = 16;
const FARTHEST = 2;
const TOUCH_REACH = 10;
/** A mark that is brought into view keeps its label clear of the card. */
const LABEL_ROOM = 120;
/** Members of a cluster at one spot cannot be taken apart by zooming. */
const SAME_SPOT = 1e-6;

export class MapView {
  readonly map: L.Map;
  readonly #store: Store;
  readonly #marks: MarksLayer;
  readonly #borders: BorderLayer;
  readonly #tip = el("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  #isFitted = false;
  #isPrinting = false;
  #onScreen: View;

  constructor(map: L.Map, store: Store) {
    this.map = map;
    this.#store = store;
    map.setMinZoom(FARTHEST).setMaxZoom(CLOSEST);
    this.fit();
    this.#onScreen = viewOf(map);
    const base = addBaseMap(map, store.scene.basemap);
    base.paint(theme());
    if (base.box) map.setMinZoom(this.#farthest(base.box));
    this.#borders = new BorderLayer(map, store, theme());
    this.#marks = new MarksLayer(store, theme());
    const labels = new LabelLayer(store, this.#marks);
    this.#marks.addTo(map);
    labels.addTo(map);
    onTheme(() => {
      base.paint(theme());
      this.#borders.paint(theme());
      this.#marks.paint(theme());
    });
    this.#listen();
  }

  /** Show the whole extent of the scene. */
  fit(): void {
    // Leaflet ends a running zoom at its own target, whatever is set meanwhile; its flag is absent from its types.
    if ((this.map as L.Map & { _animatingZoom?: boolean })._animatingZoom)
      return void this.map.once("zoomend", () => this.fit());
    const [west, south, east, north] = this.#store.scene.extent;
    this.map.invalidateSize({ animate: false });
    this.#isFitted = this.map.getSize().x > 0;
    this.map.fitBounds(
      [
        [south, west],
        [north, east],
      ],
      { animate: false, paddingTopLeft: [this.#legendWidth(), 6], paddingBottomRight: [6, this.#faceHeight()] },
    );
  }

  /** The room that an open legend takes on a wide map. */
  #legendWidth(): number {
    const legend = this.map.getContainer().parentElement?.querySelector<HTMLDetailsElement>(".legend[open]");
    const width = (legend?.offsetWidth ?? 0) + 12;
    return width < this.map.getSize().x / 3 ? width : 6;
  }

  /** The room that the credits take where they span the map. */
  #faceHeight(): number {
    const face = this.map.getContainer().parentElement?.querySelector<HTMLElement>(".face");
    return face && face.offsetWidth > this.map.getSize().x * 0.6 ? face.offsetHeight : 6;
  }

  /** The zoom at which the base map, with a margin, fits the view: farther out there is nothing to see. */
  #farthest([west, south, east, north]: Box): number {
    return Math.max(
      FARTHEST,
      this.map.getBoundsZoom([
        [south, west],
        [north, east],
      ]) - 0.75,
    );
  }

  setView(lat: number, lon: number, zoom: number): void {
    this.map.setView([lat, lon], zoom, { animate: false });
  }

  /** Bring a row into view, clear of the card. */
  reveal(row: number): void {
    const position = positionOf(this.#store.scene, row);
    if (position) this.#panTo(L.latLng(position[1], position[0]));
  }

  #panTo(at: L.LatLng): void {
    const { x, y } = this.map.getSize();
    const { right, below } = this.#covered();
    this.map.panInside(at, {
      paddingTopLeft: [Math.min(60, x / 4), Math.min(60, y / 4)],
      paddingBottomRight: [Math.min(right, x * 0.7), Math.min(below, y * 0.7)],
      animate: !prefersStill(),
    });
  }

  /** How much of the map's right and lower edge the open card takes, with room for a label. */
  #covered(): { right: number; below: number } {
    const free = { right: 40, below: 40 };
    const card = document.querySelector(".card:not([hidden])")?.getBoundingClientRect();
    const frame = this.map.getContainer().getBoundingClientRect();
    if (!card || card.right <= frame.left + 1) return free;
    if (card.width < frame.width * 0.8) return { ...free, right: frame.right - card.left + LABEL_ROOM };
    return { ...free, below: Math.max(40, frame.bottom - card.top + 40) };
  }

  #listen(): void {
    const container = this.map.getContainer();
    container.append(this.#tip);
    new ResizeObserver(() => this.#resized()).observe(container);
    onPaper((printing) => this.#forPaper(printing));
    this.map.on("moveend", () => this.#remember());
    this.map.on("click", (event) => this.#click(event));
    this.map.on("mousemove", (event) => this.#hover(event));
    this.map.on("mouseout movestart zoomstart", () => this.#hideTip());
    this.#store.on("opened", () => {
      const opened = this.#store.opened;
      if (opened?.kind === "incident") requestAnimationFrame(() => this.reveal(opened.row));
      if (opened?.kind !== "place") return;
      const { lat, lon } = this.#store.scene.places[opened.place]!;
      requestAnimationFrame(() => this.#panTo(L.latLng(lat, lon)));
    });
  }

  /** A frame that was hidden when it loaded has no size until now. */
  #resized(): void {
    if (this.#isFitted) this.map.invalidateSize({ animate: false, pan: false });
    else this.fit();
  }

  /** Paper shows what the screen showed, whatever its shape. */
  #forPaper(printing: boolean): void {
    this.#isPrinting = true;
    this.map.invalidateSize({ animate: false, pan: false });
    if (printing) this.map.fitBounds(this.#onScreen.bounds, { animate: false });
    else this.map.setView(this.#onScreen.center, this.#onScreen.zoom, { animate: false });
    this.#isPrinting = printing;
  }

  /** The map is resized before it is told of paper and again before it is told of the end: neither counts. */
  #remember(): void {
    if (!isPaper() && !this.#isPrinting) this.#onScreen = viewOf(this.map);
  }

  #click(event: L.LeafletMouseEvent): void {
    const isTouch = (event.originalEvent as PointerEvent).pointerType === "touch";
    const hit = this.#marks.at(event.layerPoint, isTouch ? TOUCH_REACH : undefined);
    const border = !hit || isGround(hit) ? this.#borders.at(event.containerPoint) : null;
    if (border) this.#store.open({ kind: "border", id: border.id });
    else if (hit) this.#openHit(hit);
    else this.#store.open(null);
  }

  #openHit({ marks, isCluster }: Hit): void {
    const mark = marks[0]!;
    const bounds = L.latLngBounds(marks.map(({ lat, lon }) => [lat, lon]));
    const spread = Math.max(bounds.getEast() - bounds.getWest(), bounds.getNorth() - bounds.getSouth());
    if (isCluster && spread > SAME_SPOT && this.map.getZoom() < CLOSEST)
      this.map.flyToBounds(bounds, { maxZoom: 13, padding: [40, 40], animate: !prefersStill(), duration: 0.5 });
    else if (mark.place !== null) this.#store.open({ kind: "place", place: mark.place });
    else if (mark.rows.length > 1) this.#store.open({ kind: "stack", key: mark.key });
    else this.#store.open({ kind: "incident", row: mark.rows[0]! });
  }

  #hover(event: L.LeafletMouseEvent): void {
    if ((event.originalEvent.target as Element).closest("button")) return this.#hideTip();
    const hit = this.#marks.at(event.layerPoint);
    const border = !hit || isGround(hit) ? this.#borders.at(event.containerPoint) : null;
    this.map.getContainer().classList.toggle("pointing", Boolean(hit || border));
    if (border) fill(this.#tip, border.name ?? "Border line", ": open its source and validity");
    else if (hit) fill(this.#tip, this.#tipText(hit));
    else return this.#hideTip();
    this.#tip.hidden = false;
    const { x, y } = event.containerPoint;
    const left = Math.min(x + 14, this.map.getSize().x - this.#tip.offsetWidth - 6);
    this.#tip.style.transform = `translate(${left}px, ${y + 16}px)`;
  }

  #hideTip(): void {
    this.#tip.hidden = true;
  }

  #tipText({ marks }: Hit): string {
    const rows = marks.reduce((sum, mark) => sum + mark.rows.length, 0);
    if (marks.length > 1) return `${plural(rows, "row")} at ${plural(marks.length, "place")}`;
    const mark = marks[0]!;
    const place = mark.place === null ? null : this.#store.scene.places[mark.place];
    const name = place?.name ?? this.#store.scene.incidents.text("place_text", mark.rows[0]!) ?? "";
    const form = {
      exact: "at",
      settlement: "at",
      near: "near",
      target: "alleged target:",
      origin: "alleged origin:",
      area: "somewhere in",
    }[mark.form];
    return `${form} ${name} · ${grouped(rows)}`;
  }
}

interface View {
  bounds: L.LatLngBounds;
  center: L.LatLng;
  zoom: number;
}

const viewOf = (map: L.Map): View => ({ bounds: map.getBounds(), center: map.getCenter(), zoom: map.getZoom() });

/** Areas lie below the lines; everything else above. */
const isGround = ({ marks, isCluster }: Hit): boolean => !isCluster && marks.length === 1 && marks[0]!.form === "area";
