// The list of incidents: every row, on the map or not, within reach of keyboard and screen reader. Short lists are
// written whole; long ones only around what is in view.
import { el, fill, type Child } from "./dom";
import { glyphIcon } from "./glyph-icon";
import { headline } from "./incident-view";
import { formOf } from "./marks";
import { placeOf } from "./scene";
import type { Store } from "./store";
import { NO_KIND } from "./style";
import { MANY, type Incident } from "./table";
import { whenWords } from "./time";

const WHOLE = 2000;
const HEIGHT = 76;
const SPARE = 12;

export class IncidentList {
  readonly element = el("div", { class: "list" });
  readonly #store: Store;
  readonly #list = el("ol", { class: "rows", "aria-label": "Incidents by date" });
  readonly #scroller: HTMLElement;
  readonly #kinds: Map<string, number>;
  #first = 0;
  #last = 0;
  /** Position in the list that Tab leads to; arrows move it. */
  #current = 0;

  constructor(store: Store, scroller: HTMLElement) {
    this.#store = store;
    this.#scroller = scroller;
    this.#kinds = new Map(store.scene.legend.kinds.map(({ kind }, index) => [kind, index]));
    this.element.append(this.#list);
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#scrolled()).observe(scroller);
    store.on("filter", () => this.#reset());
    store.on("opened", () => this.#mark());
    this.#reset();
  }

  /** Bring a row into the list's view; false when the filters hide it. */
  reveal(row: number): boolean {
    const position = this.#rows.indexOf(row);
    if (position < 0) return false;
    this.#current = position;
    this.#ensure(position);
    this.#item(position)?.scrollIntoView({ block: "nearest" });
    return true;
  }

  get #rows(): Uint32Array {
    return this.#store.selection.rows;
  }

  get #isWhole(): boolean {
    return this.#rows.length <= WHOLE;
  }

  #reset(): void {
    this.#current = 0;
    this.#list.classList.toggle("windowed", !this.#isWhole);
    this.#draw(0, this.#isWhole ? this.#rows.length : 2 * SPARE);
    this.#scrolled();
  }

  #scrolled(): void {
    if (this.#isWhole || !this.element.isConnected) return;
    const above = this.#scroller.getBoundingClientRect().top - this.#list.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(above / HEIGHT) - SPARE);
    const last = Math.min(this.#rows.length, first + Math.ceil(this.#scroller.clientHeight / HEIGHT) + 2 * SPARE);
    if (first !== this.#first || last !== this.#last) this.#draw(first, last);
  }

  /** Write a position of a windowed list into the document before it is scrolled to. */
  #ensure(position: number): void {
    if (position >= this.#first && position < this.#last) return;
    const top =
      this.#list.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top + this.#scroller.scrollTop;
    this.#scroller.scrollTop = top + position * HEIGHT - this.#scroller.clientHeight / 2;
    this.#draw(Math.max(0, position - SPARE), Math.min(this.#rows.length, position + SPARE));
  }

  #draw(first: number, last: number): void {
    const focused = this.#list.contains(document.activeElement);
    this.#first = first;
    this.#last = last;
    const items = Array.from(this.#rows.slice(first, last), (row, index) => this.#line(row, first + index));
    fill(this.#list, ...items);
    if (!this.#rows.length) fill(this.#list, el("li", { class: "none" }, "No row passes the present filters."));
    this.#list.style.paddingTop = this.#isWhole ? "" : `${first * HEIGHT}px`;
    this.#list.style.paddingBottom = this.#isWhole ? "" : `${(this.#rows.length - last) * HEIGHT}px`;
    if (focused) this.#item(this.#current)?.focus({ preventScroll: true });
  }

  #line(row: number, position: number): HTMLElement {
    const incident = this.#store.scene.incidents.record(row);
    const isOpen = this.#store.opened?.kind === "incident" && this.#store.opened.row === row;
    const attributes = {
      type: "button",
      "data-geomap-row": incident.id,
      "data-position": position,
      tabindex: position === this.#current ? 0 : -1,
      "aria-current": isOpen ? "true" : null,
      onclick: () => this.#open(row, position),
    };
    const button = el(
      "button",
      attributes,
      this.#icon(incident),
      el("span", { class: "what" }, ...this.#text(incident)),
    );
    return el("li", { "aria-posinset": position + 1, "aria-setsize": this.#rows.length }, button);
  }

  #text(incident: Incident): Child[] {
    const off = incident.status === "placed" ? null : "not on the map";
    const said = incident.claimant ?? incident.source_name?.split(MANY)[0];
    return [
      el("time", {}, whenWords(incident)),
      el("span", { class: "headline" }, headline(incident, placeOf(this.#store.scene, incident.index))),
      el("small", {}, [incident.kind, said, off].filter(Boolean).join(" · ")),
    ];
  }

  #icon({ kind, place_precision: precision, relation, status }: Incident): HTMLElement {
    const form = status === "placed" ? formOf(precision, relation) : null;
    const { colour, shape } = this.#store.scene.legend.kinds[this.#kinds.get(kind ?? "") ?? -1] ?? NO_KIND;
    return form ? glyphIcon({ form, colour, shape }) : el("span", { class: "glyph off", "aria-hidden": "true" }, "–");
  }

  #open(row: number, position: number): void {
    this.#current = position;
    this.#store.open({ kind: "incident", row });
  }

  #mark(): void {
    const opened = this.#store.opened;
    const id = opened?.kind === "incident" ? this.#store.scene.incidents.text("id", opened.row) : null;
    this.#list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    if (id !== null)
      this.#list.querySelector(`[data-geomap-row="${CSS.escape(id)}"]`)?.setAttribute("aria-current", "true");
  }

  #item(position: number): HTMLElement | null {
    return this.#list.querySelector(`[data-position="${position}"]`);
  }

  #key(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / HEIGHT));
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined || !this.#rows.length) return;
    event.preventDefault();
    const position = Math.max(0, Math.min(this.#rows.length - 1, this.#current + step));
    this.#item(this.#current)?.setAttribute("tabindex", "-1");
    this.#current = position;
    this.#ensure(position);
    const item = this.#item(position);
    item?.setAttribute("tabindex", "0");
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  }
}
