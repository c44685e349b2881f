// The panel: what this map shows, how much of it, and the tabs. On a phone it is a sheet at the bottom.
import { aboutView } from "./about-view";
import { asideView } from "./aside-view";
import { el, fill } from "./dom";
import { downloadButtons } from "./download";
import { clearButton, facetsView, searchBox } from "./facets-view";
import { IncidentList } from "./list";
import type { Store } from "./store";
import { tollsView } from "./tolls-view";
import { grouped, plural } from "./words";

interface Tab {
  id: string;
  title: string;
  body: HTMLElement;
}

export class Panel {
  readonly element: HTMLElement;
  readonly list: IncidentList;
  readonly #body = el("div", { class: "panel-body" });
  readonly #tabs: Tab[];
  readonly #buttons: HTMLElement[];

  constructor(store: Store, notices: string) {
    this.list = new IncidentList(store, this.#body);
    this.#tabs = this.#makeTabs(store, notices);
    this.#buttons = this.#tabs.map((tab) => this.#button(tab));
    const tablist = el("div", { class: "tabs", role: "tablist", "aria-label": "Contents" }, ...this.#buttons);
    tablist.addEventListener("keydown", (event) => this.#key(event));
    this.#body.append(
      ...this.#tabs.map(({ id, body }) =>
        el("div", { id: `geomap-${id}`, role: "tabpanel", "aria-labelledby": `geomap-tab-${id}` }, body),
      ),
    );
    this.element = el("div", { class: "panel" }, sheetHandle(), heading(store), tablist, this.#body);
    this.show("rows");
  }

  show(id: string): void {
    this.#tabs.forEach((tab, index) => {
      const chosen = tab.id === id;
      this.#buttons[index]!.setAttribute("aria-selected", String(chosen));
      this.#buttons[index]!.setAttribute("tabindex", chosen ? "0" : "-1");
      tab.body.parentElement!.hidden = !chosen;
    });
    this.#body.scrollTop = 0;
  }

  /** Show a tab as if its button were pressed. */
  choose(id: string): void {
    this.show(id);
    openSheet(this.element);
  }

  #makeTabs(store: Store, notices: string): Tab[] {
    const { counts, claims } = store.scene;
    const rows = el(
      "div",
      {},
      searchBox(store),
      facetsView(store),
      el("div", { class: "actions" }, clearButton(store), downloadButtons(store)),
      this.list.element,
    );
    const tabs: Tab[] = [{ id: "rows", title: "Reports", body: rows }];
    if (claims.some(({ scope }) => scope === "episode"))
      tabs.push({ id: "tolls", title: "Tolls", body: tollsView(store) });
    tabs.push({
      id: "aside",
      title: `Not placed (${grouped(counts.unplaced + counts.set_aside)})`,
      body: asideView(store),
    });
    tabs.push({ id: "about", title: "About", body: aboutView(store.scene, notices) });
    return tabs;
  }

  #button({ id, title }: Tab): HTMLElement {
    const choose = () => this.choose(id);
    return el(
      "button",
      { type: "button", role: "tab", id: `geomap-tab-${id}`, "aria-controls": `geomap-${id}`, onclick: choose },
      title,
    );
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = this.#buttons.indexOf(event.target as HTMLElement);
    const next = this.#buttons[(at + step + this.#buttons.length) % this.#buttons.length]!;
    next.click();
    next.focus();
  }
}

function heading(store: Store): HTMLElement {
  const { title, standfirst, byline } = store.scene;
  const counts = el("p", { class: "counts", role: "status" });
  const update = () => fill(counts, ...countsInWords(store));
  update();
  store.on("filter", update);
  return el(
    "header",
    { class: "heading" },
    el("h1", {}, title),
    standfirst ? el("p", { class: "standfirst" }, standfirst) : null,
    byline ? el("p", { class: "byline" }, byline) : null,
    counts,
  );
}

function countsInWords({ counts, scene }: Store): (HTMLElement | string)[] {
  const all = scene.incidents.n;
  const rows = counts.rows === all ? plural(all, "row") : `${grouped(counts.rows)} of ${plural(all, "row")}`;
  const figures = [plural(counts.reports, "report"), plural(counts.places, "place"), rows];
  const words = el("span", {}, ...figures.flatMap((figure, index) => [index ? " · " : null, el("b", {}, figure)]));
  if (!counts.deaths) return [words];
  const { low, high, rows: coded } = counts.deaths;
  const range = low === high ? grouped(low) : `${grouped(low)} to ${grouped(high)}`;
  return [words, el("span", { class: "deaths" }, `${range} deaths as coded in ${plural(coded, "row")}`)];
}

/** On a phone: pull the sheet up or down. */
function sheetHandle(): HTMLElement {
  const handle = el("button", {
    type: "button",
    class: "sheet-handle",
    "aria-expanded": "false",
    "aria-label": "Show or hide the reports",
  });
  handle.addEventListener("click", () => {
    const panel = handle.parentElement!;
    const open = panel.classList.toggle("open");
    handle.setAttribute("aria-expanded", String(open));
  });
  swipe(handle);
  return handle;
}

function openSheet(panel: HTMLElement): void {
  panel.classList.add("open");
  panel.querySelector(".sheet-handle")?.setAttribute("aria-expanded", "true");
}

const SWIPE = 24;

function swipe(handle: HTMLElement): void {
  let from = 0;
  handle.addEventListener("touchstart", (event) => (from = event.touches[0]?.clientY ?? 0), { passive: true });
  handle.addEventListener("touchend", (event) => {
    const by = (event.changedTouches[0]?.clientY ?? from) - from;
    const open = handle.getAttribute("aria-expanded") === "true";
    if (Math.abs(by) > SWIPE && by < 0 !== open) {
      event.preventDefault();
      handle.click();
    }
  });
}
