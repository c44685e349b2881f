// All incidents on one canvas: areas below, then radii, then marks side by side where they share a place.
import * as L from "leaflet";
import { cluster, strips } from "./cluster";
import { circle, decodeLines, isWithin, mercator, worldKm, type Point } from "./geo";
import { chevronRoom, drawFrame, drawGlyph, drawRadius, hatch, radiusOf, type Glyph } from "./glyph";
import type { Mark } from "./marks";
import type { Rect } from "./placement";
import type { Store } from "./store";
import { kindStyle, type Theme } from "./style";

const PADDING = 0.3;
const CELL = 56;
/** Scenes with more marks than this are drawn as clusters until zoomed in. */
export const MANY_MARKS = 300;
const ZOOM_APART = 12;
/** More areas than this would cover each other: then each shows as a hatched token, its extent only when open. */
const MANY_AREAS = 40;
const MANY_RADII = 40;
const GAP = 3;

/** What stands at a spot of the map: marks, and whether zooming would take them apart. */
export interface Hit {
  marks: Mark[];
  isCluster: boolean;
}

interface Placed {
  x: number;
  y: number;
  weight: number;
  mark: Mark;
}

interface Spot extends Hit {
  rect: Rect;
}

interface Ground {
  mark: Mark;
  rings: Point[][];
}

export class MarksLayer extends L.Layer {
  readonly #store: Store;
  #theme: Theme;
  readonly #canvas = document.createElement("canvas");
  readonly #rings = new Map<number, Point[][]>();
  #map!: L.Map;
  #origin = L.point(0, 0);
  #corner = L.latLng(0, 0);
  #zoom = 0;
  #spots: Spot[] = [];
  #grounds: Ground[] = [];
  /** Told after each drawing, with the rectangles of the marks in layer points. */
  onDrawn: (() => void) | null = null;

  constructor(store: Store, theme: Theme) {
    super();
    this.#store = store;
    this.#theme = theme;
    store.on(["filter", "opened", "layers"], () => this.draw());
  }

  override onAdd(map: L.Map): this {
    this.#map = map;
    const pane = map.createPane("marks");
    pane.style.zIndex = "450";
    pane.style.pointerEvents = "none";
    this.#canvas.className = "leaflet-zoom-animated";
    this.#canvas.setAttribute("aria-hidden", "true");
    pane.append(this.#canvas);
    this.draw();
    return this;
  }

  override onRemove(): this {
    this.#canvas.remove();
    return this;
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return {
      moveend: () => this.draw(),
      resize: () => this.draw(),
      zoomanim: (event) => this.#animate(event as L.ZoomAnimEvent),
    };
  }

  paint(theme: Theme): void {
    this.#theme = theme;
    this.draw();
  }

  /** Rectangles that labels keep clear of, in layer points. */
  get obstacles(): Rect[] {
    return this.#spots.map(({ rect }) => rect);
  }

  /** The rectangle around the marks of a place, in layer points. */
  rectOf(place: number): Rect | null {
    return (
      this.#spots.find(({ marks, isCluster }) => !isCluster && marks.some((mark) => mark.place === place))?.rect ?? null
    );
  }

  /** What is under a layer point: marks before areas, the smallest area first. */
  at({ x, y }: L.Point, reach = 4): Hit | null {
    const { left, top, right, bottom } = { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach };
    const spot = this.#spots.findLast(
      ({ rect }) => rect.left < right && left < rect.right && rect.top < bottom && top < rect.bottom,
    );
    if (spot) return spot;
    const grounds = this.#grounds.filter(({ rings }) => isWithin([x, y], rings));
    grounds.sort((a, b) => (a.mark.radiusKm ?? 0) - (b.mark.radiusKm ?? 0));
    return grounds[0] ? { marks: [grounds[0].mark], isCluster: false } : null;
  }

  draw(): void {
    if (!this.#map) return;
    const context = this.#prepare();
    const shown = this.#store.marks.filter((mark) => mark.form !== "area" || this.#store.areasShown);
    const placed = this.#inView(shown);
    const areas = placed.filter(({ mark }) => mark.form === "area");
    const asTokens = areas.length > MANY_AREAS;
    this.#spots = [];
    this.#grounds = asTokens ? [] : areas.map((area) => this.#ground(area));
    for (const ground of this.#grounds) this.#drawGround(context, ground);
    const points = placed.filter(({ mark }) => mark.form !== "area");
    const apart = this.#zoom >= ZOOM_APART || this.#store.marks.length <= MANY_MARKS;
    if (apart) this.#drawRadii(context, points);
    for (const group of asTokens ? [areas, points] : [points]) {
      if (apart) this.#drawApart(context, group);
      else this.#drawClustered(context, group);
    }
    this.#drawOpenedGround(context, areas, asTokens);
    this.onDrawn?.();
  }

  /** Size and place the canvas around the view, and clear it. */
  #prepare(): CanvasRenderingContext2D {
    const size = this.#map.getSize();
    const pad = size.multiplyBy(PADDING).round();
    this.#origin = this.#map.containerPointToLayerPoint(pad.multiplyBy(-1)).round();
    this.#zoom = this.#map.getZoom();
    this.#corner = this.#map.layerPointToLatLng(this.#origin);
    L.DomUtil.setTransform(this.#canvas, this.#origin, 1);
    const full = size.add(pad.multiplyBy(2));
    const ratio = Math.max(1, window.devicePixelRatio);
    this.#canvas.width = full.x * ratio;
    this.#canvas.height = full.y * ratio;
    this.#canvas.style.width = `${full.x}px`;
    this.#canvas.style.height = `${full.y}px`;
    const context = this.#canvas.getContext("2d")!;
    context.setTransform(ratio, 0, 0, ratio, -this.#origin.x * ratio, -this.#origin.y * ratio);
    return context;
  }

  #animate(event: L.ZoomAnimEvent): void {
    const scale = this.#map.getZoomScale(event.zoom, this.#zoom);
    const offset = this.#map
      .project(this.#corner, event.zoom)
      .subtract(this.#map.project(event.center, event.zoom).subtract(this.#map.getSize().divideBy(2)))
      .round();
    L.DomUtil.setTransform(this.#canvas, offset, scale);
  }

  /** Layer points of the marks; those far out of view are left out. */
  #inView(all: readonly Mark[]): Placed[] {
    const pixels = 256 * 2 ** this.#zoom;
    const shift = this.#map.getPixelOrigin();
    const { x, y } = this.#map.getSize();
    const reach = { x: x * PADDING, y: y * PADDING };
    const placed: Placed[] = [];
    for (const mark of all) {
      const [mx, my] = mercator([mark.lon, mark.lat]);
      const at = { x: mx * pixels - shift.x, y: my * pixels - shift.y, weight: mark.rows.length, mark };
      const margin = mark.form === "area" ? Infinity : 0;
      const left = at.x - this.#origin.x;
      const top = at.y - this.#origin.y;
      if (left > -margin && top > -margin && left < x + 2 * reach.x + margin && top < y + 2 * reach.y + margin)
        placed.push(at);
    }
    return placed;
  }

  #ground({ mark, x, y }: Placed): Ground {
    const area = mark.place === null ? null : (this.#store.scene.places[mark.place]?.area ?? null);
    if (area !== null) return { mark, rings: this.#onScreen(this.#areaRings(area)) };
    return { mark, rings: [circle(x, y, this.#pixelsOf(mark))] };
  }

  #pixelsOf({ radiusKm, lat }: Mark): number {
    return ((radiusKm ?? 10) / worldKm(lat)) * 256 * 2 ** this.#zoom;
  }

  #areaRings(area: number): Point[][] {
    const known = this.#rings.get(area);
    if (known) return known;
    const rings = decodeLines(this.#store.scene.areas[area]!.geo).map((line) => line.map(mercator));
    this.#rings.set(area, rings);
    return rings;
  }

  #onScreen(rings: readonly Point[][]): Point[][] {
    const pixels = 256 * 2 ** this.#zoom;
    const shift = this.#map.getPixelOrigin();
    return rings.map((ring) => ring.map(([x, y]): Point => [x * pixels - shift.x, y * pixels - shift.y]));
  }

  #drawGround(context: CanvasRenderingContext2D, { mark, rings }: Ground, active = this.#isActive([mark])): void {
    context.beginPath();
    for (const ring of rings) {
      ring.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
      context.closePath();
    }
    const style = mark.kinds.length > 1 ? this.#theme.mutedInk : this.#style(mark).colour;
    hatch(context, style, Math.max(1, window.devicePixelRatio), active);
  }

  #drawOpenedGround(context: CanvasRenderingContext2D, areas: readonly Placed[], asTokens: boolean): void {
    if (!asTokens) return;
    for (const area of areas) if (this.#isActive([area.mark])) this.#drawGround(context, this.#ground(area), true);
  }

  #drawRadii(context: CanvasRenderingContext2D, points: readonly Placed[]): void {
    const near = points.filter(({ mark }) => mark.form === "near" && mark.radiusKm !== null);
    const faint = near.length > MANY_RADII;
    for (const { mark, x, y } of near) {
      const soft = mark.radiusKind !== "source";
      const isFaint = faint && !this.#isActive([mark]);
      drawRadius(context, x, y, this.#pixelsOf(mark), this.#style(mark).colour, { soft, faint: isFaint });
    }
  }

  /** Higher counts come last, so that no number is covered by a single mark. */
  #drawApart(context: CanvasRenderingContext2D, placed: readonly Placed[]): void {
    const order = strips(placed).map((strip) => ({
      ...strip,
      highest: Math.max(...strip.members.map(({ weight }) => weight)),
    }));
    order.sort((a, b) => a.highest - b.highest);
    for (const strip of order) this.#drawStrip(context, strip.x, strip.y, strip.members);
  }

  /** Marks of one place side by side, the middle of the strip on the place. */
  #drawStrip(context: CanvasRenderingContext2D, x: number, y: number, members: readonly Placed[]): void {
    const widths = members.map(({ mark }) => 2 * radiusOf(mark.rows.length) + GAP);
    const start = x - widths.reduce((sum, width) => sum + width, -GAP) / 2;
    let left = start;
    members.forEach(({ mark }, index) => {
      const radius = radiusOf(mark.rows.length);
      const glyph = { ...this.#glyph([mark], mark.rows.length), active: false };
      drawGlyph(context, left + radius, y, glyph, this.#theme);
      const rect = { left, right: left + 2 * radius, top: y - radius - chevronRoom(mark.form), bottom: y + radius };
      this.#spots.push({ marks: [mark], isCluster: false, rect });
      left += widths[index]!;
    });
    if (this.#isActive(members.map(({ mark }) => mark)))
      drawFrame(context, this.#spots.slice(-members.length), this.#theme);
  }

  #drawClustered(context: CanvasRenderingContext2D, placed: readonly Placed[]): void {
    const shift = this.#map.getPixelOrigin();
    const world = placed.map((item) => ({ ...item, x: item.x + shift.x, y: item.y + shift.y }));
    for (const { x, y, weight, members } of cluster(world, CELL)) {
      const marks = members.map(({ mark }) => mark);
      const radius = radiusOf(weight);
      const at = { x: x - shift.x, y: y - shift.y };
      drawGlyph(context, at.x, at.y, this.#glyph(marks, weight), this.#theme);
      const rect = { left: at.x - radius, right: at.x + radius, top: at.y - radius - 2, bottom: at.y + radius };
      this.#spots.push({ marks, isCluster: members.length > 1, rect });
    }
  }

  #glyph(marks: readonly Mark[], count: number): Glyph {
    const totals = new Map<number, number>();
    for (const [kind, rows] of marks.flatMap((mark) => mark.kinds)) totals.set(kind, (totals.get(kind) ?? 0) + rows);
    const kinds = [...totals].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const slices = kinds.map(([kind, rows]) => ({ colour: this.#kind(kind).colour, share: rows / count }));
    const form = marks.length > 1 && marks[0]!.form !== "area" ? "settlement" : marks[0]!.form;
    return { form, shape: this.#kind(kinds[0]![0]).shape, slices, count, active: this.#isActive(marks) };
  }

  #kind(index: number) {
    return kindStyle(this.#store.scene.legend.kinds, index);
  }

  #style(mark: Mark) {
    return this.#kind(mark.kinds[0]?.[0] ?? -1);
  }

  #isActive(marks: readonly Mark[]): boolean {
    const opened = this.#store.opened;
    if (!opened || opened.kind === "border") return false;
    if (opened.kind === "place") return marks.some((mark) => mark.place === opened.place);
    if (opened.kind === "stack") return marks.some((mark) => mark.key === opened.key);
    return marks.some((mark) => mark.rows.includes(opened.row));
  }
}
