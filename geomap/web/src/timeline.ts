// The timeline: a histogram of event-local time with a brush, by mouse, touch and keyboard.
import { el } from "./dom";
import { spanOf } from "./filter";
import { UNITS, bars, binOf, binWords, edges, unitFor, type Bars, type Unit } from "./histogram";
import { theme, onTheme } from "./scheme";
import type { Store } from "./store";
import { MONTHS, civil, rangeWords } from "./time";
import { plural } from "./words";

const HEIGHT = 56;
const AXIS = 16;

type End = "from" | "to";

export class Timeline {
  readonly element: HTMLElement;
  readonly #store: Store;
  readonly #canvas = el("canvas", { "aria-hidden": "true" });
  readonly #window = el("div", { class: "window", hidden: true });
  readonly #handles: Record<End, HTMLElement>;
  readonly #track: HTMLElement;
  readonly #words = el("output", { class: "span" });
  readonly #clear: HTMLButtonElement;
  #unit: Unit;
  #edges: number[];
  readonly #range: [number, number];
  /** Chosen bins, both included; null when no time is chosen. */
  #chosen: [number, number] | null = null;

  constructor(store: Store, range: [number, number]) {
    this.#store = store;
    this.#range = range;
    this.#unit = unitFor(...range);
    this.#edges = edges(this.#unit, ...range);
    this.#handles = {
      from: this.#handle("from", "Start of the chosen time"),
      to: this.#handle("to", "End of the chosen time"),
    };
    this.#track = el("div", { class: "track" }, this.#canvas, this.#window, this.#handles.from, this.#handles.to);
    this.#clear = el("button", { type: "button", class: "action", onclick: () => this.#choose(null) }, "All times");
    const key = el("small", { class: "key" }, "rows; pale: the time spans several bars");
    const top = el("div", { class: "timeline-top" }, this.#words, this.#clear, key, this.#unitSelect());
    this.element = el("section", { class: "timeline", "aria-label": "Timeline" }, top, this.#track);
    this.#track.addEventListener("pointerdown", (event) => this.#drag(event));
    new ResizeObserver(() => this.#update()).observe(this.#track);
    onTheme(() => this.#update());
    store.on("filter", () => this.#fromFilter());
    this.#fromFilter();
  }

  #unitSelect(): HTMLElement {
    const select = el(
      "select",
      { id: "geomap-unit" },
      ...UNITS.map((unit) => el("option", { value: unit }, `by ${unit}`)),
    );
    select.value = this.#unit;
    select.addEventListener("change", () => {
      this.#unit = select.value as Unit;
      this.#edges = edges(this.#unit, ...this.#range);
      this.#fromFilter();
    });
    return el("label", {}, el("span", { class: "unseen" }, "Bars"), select);
  }

  #handle(end: End, label: string): HTMLElement {
    const key = (event: Event) => this.#key(event as KeyboardEvent, end);
    return el("button", {
      type: "button",
      class: `handle ${end}`,
      role: "slider",
      "aria-label": label,
      onkeydown: key,
    });
  }

  get #bins(): number {
    return this.#edges.length - 1;
  }

  /** Take over the time of the filter, whoever set it. */
  #fromFilter(): void {
    const { from, to } = this.#store.filter;
    const first = from === null ? 0 : binOf(this.#edges, from);
    const last = to === null ? this.#bins - 1 : binOf(this.#edges, to);
    this.#chosen = from === null && to === null ? null : [first, Math.max(first, last)];
    this.#update();
  }

  #choose(bins: [number, number] | null): void {
    if (!bins) return this.#store.setFilter({ from: null, to: null });
    const [first, last] = [Math.min(...bins), Math.max(...bins)];
    this.#store.setFilter({ from: this.#edges[first]!, to: this.#edges[last + 1]! - 1 });
  }

  #binAt(clientX: number): number {
    const { left, width } = this.#track.getBoundingClientRect();
    return Math.max(0, Math.min(this.#bins - 1, Math.floor(((clientX - left) / width) * this.#bins)));
  }

  /** Drag on the track: choose from where it began; drag a handle: move that end. */
  #drag(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const [first, last] = this.#chosen ?? [0, this.#bins - 1];
    const handle = event.target === this.#handles.from ? last : event.target === this.#handles.to ? first : null;
    const anchor = handle ?? this.#binAt(event.clientX);
    (handle === null ? this.#handles.to : (event.target as HTMLElement)).focus({ preventScroll: true });
    const move = ({ clientX }: PointerEvent) => this.#choose([anchor, this.#binAt(clientX)]);
    if (handle === null) move(event);
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener("pointermove", move, { signal });
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => stop.abort(), { signal });
  }

  #key(event: KeyboardEvent, end: End): void {
    if (event.key === "Escape") return this.#choose(null);
    const far = Math.max(1, Math.round(this.#bins / 10));
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -far,
      PageUp: far,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const [first, last] = this.#chosen ?? [0, this.#bins - 1];
    const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));
    if (end === "from") this.#choose([clamp(first + step, 0, last), last]);
    else this.#choose([first, clamp(last + step, first, this.#bins - 1)]);
  }

  #update(): void {
    const [first, last] = this.#chosen ?? [0, this.#bins - 1];
    const percent = (edge: number) => `${(100 * edge) / this.#bins}%`;
    this.#window.hidden = !this.#chosen;
    this.#window.style.left = percent(first);
    this.#window.style.width = percent(last - first + 1);
    this.#handles.from.style.left = percent(first);
    this.#handles.to.style.left = percent(last + 1);
    this.#describe("from", first, 0, last);
    this.#describe("to", last, first, this.#bins - 1);
    this.#words.textContent = this.#spanWords(first, last);
    this.#clear.hidden = !this.#chosen;
    this.#draw();
  }

  #describe(end: End, value: number, low: number, high: number): void {
    const aria = {
      valuemin: low,
      valuemax: high,
      valuenow: value,
      valuetext: binWords(this.#unit, this.#edges[value]!),
    };
    for (const [name, setting] of Object.entries(aria))
      this.#handles[end].setAttribute(`aria-${name}`, String(setting));
  }

  #spanWords(first: number, last: number): string {
    const words = rangeWords(this.#edges[first]!, this.#edges[last + 1]! - 1);
    const undated = this.#chosen ? this.#undated() : 0;
    return undated ? `${words} (${plural(undated, "undated row")} not shown)` : words;
  }

  #undated(): number {
    return this.#store.filterer.anyTime(this.#store.selection.failures).filter((row) => !spanOf(this.#store.scene, row))
      .length;
  }

  #spans(): [number, number][] {
    const rows = this.#store.filterer.anyTime(this.#store.selection.failures);
    return Array.from(rows, (row) => spanOf(this.#store.scene, row)).filter((span) => span !== null);
  }

  #draw(): void {
    const width = this.#track.clientWidth;
    if (!width) return;
    const ratio = Math.max(1, window.devicePixelRatio);
    this.#canvas.width = width * ratio;
    this.#canvas.height = (HEIGHT + AXIS) * ratio;
    const context = this.#canvas.getContext("2d")!;
    context.scale(ratio, ratio);
    this.#drawBars(context, width, bars(this.#edges, this.#spans()));
    this.#drawAxis(context, width);
  }

  #drawBars(context: CanvasRenderingContext2D, width: number, { sure, maybe }: Bars): void {
    const highest = Math.max(1, ...sure.map((count, bin) => count + maybe[bin]!));
    const step = width / this.#bins;
    const gap = step > 4 ? Math.min(2, step * 0.2) : 0;
    for (let bin = 0; bin < this.#bins; bin++) {
      const chosen = !this.#chosen || (bin >= this.#chosen[0] && bin <= this.#chosen[1]);
      const bar = (count: number, below: number, colour: string, opacity: number) => {
        context.globalAlpha = chosen ? opacity : opacity * 0.35;
        context.fillStyle = colour;
        const height = count && Math.max(1.5, (count / highest) * (HEIGHT - 4));
        context.fillRect(bin * step + gap / 2, HEIGHT - below - height, Math.max(1, step - gap), height);
        return below + height;
      };
      bar(maybe[bin]!, bar(sure[bin]!, 0, theme().accent, 1), theme().accent, 0.45);
    }
    context.globalAlpha = 1;
  }

  #drawAxis(context: CanvasRenderingContext2D, width: number): void {
    context.fillStyle = theme().mutedInk;
    context.fillRect(0, HEIGHT, width, 1);
    context.font = "11px system-ui, sans-serif";
    context.textBaseline = "top";
    const step = width / this.#bins;
    let free = 0;
    for (let bin = 0; bin < this.#bins; bin++) {
      const text = this.#tick(bin, free === 0);
      const at = bin * step;
      const size = context.measureText(text).width;
      if (!text || at < free || at + size > width) continue;
      context.fillRect(at, HEIGHT, 1, 4);
      context.fillText(text, at + 3, HEIGHT + 4);
      free = at + size + 14;
    }
  }

  /** "13 Sep", "Sep", "2022": the year where it begins. */
  #tick(bin: number, isFirst: boolean): string {
    const { year, month, day } = civil(this.#edges[bin]!);
    const name = MONTHS[month - 1]!;
    if (this.#unit === "year") return String(year);
    if (this.#unit === "month") return isFirst || month === 1 ? `${name} ${year}` : name;
    return isFirst || (month === 1 && day <= 7) ? `${day} ${name} ${year}` : `${day} ${name}`;
  }
}

/** First and last minute of all dated rows; null when no row has a date. */
export function timeRange(store: Store): [number, number] | null {
  let range: [number, number] | null = null;
  for (let row = 0; row < store.scene.incidents.n; row++) {
    const span = spanOf(store.scene, row);
    if (span) range = range ? [Math.min(range[0], span[0]), Math.max(range[1], span[1])] : [...span];
  }
  return range;
}
