// The filters: search and facets with live counts.
import { sideName } from "./border-words";
import { el, fill } from "./dom";
import { NOT_STATED, type Facet, type FacetName } from "./facets";
import { NO_FILTER, isOpen } from "./filter";
import type { Store } from "./store";
import { grouped, precisionName, relationWords, roleName } from "./words";

const TITLES: Record<FacetName, string> = {
  kind: "Kind",
  claimant: "Who says so",
  actor: "Actor",
  side: "Side of the line",
  relation: "Relation to the place",
  precision: "Precision of the place",
  role: "Role of the place",
  source: "Source",
};
const NAMES: Partial<Record<FacetName, (value: string) => string>> = {
  side: sideName,
  relation: relationWords,
  precision: precisionName,
  role: roleName,
};
/** Values shown before "more". */
const FEW = 8;
const STEP = 100;

function valueName(name: FacetName, value: string): string {
  return value === NOT_STATED ? "Not stated" : (NAMES[name]?.(value) ?? value);
}

export function searchBox(store: Store): HTMLElement {
  const input = el("input", {
    type: "search",
    id: "geomap-search",
    placeholder: "Places in any script, people, words",
    autocomplete: "off",
    spellcheck: "false",
  });
  input.value = store.filter.text;
  let pending = 0;
  input.addEventListener("input", () => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => store.setFilter({ text: input.value }));
  });
  store.on("filter", () => {
    if (document.activeElement !== input) input.value = store.filter.text;
  });
  return el(
    "div",
    { class: "search" },
    el("label", { for: "geomap-search", class: "unseen" }, "Search the rows"),
    input,
  );
}

export function facetsView(store: Store): HTMLElement {
  const facets = store.filterer.facets.filter(({ values }) => values.length > 1 || values[0] !== NOT_STATED);
  const boxes = facets.map((facet) => facetBox(store, facet));
  return el(
    "details",
    { class: "filters" },
    el("summary", {}, "Filters", summaryOfChoice(store)),
    el("div", { class: "facets" }, ...boxes),
  );
}

function summaryOfChoice(store: Store): HTMLElement {
  const text = el("span", { class: "chosen" });
  const update = () => {
    const chosen = Object.values(store.filter.chosen).reduce((sum, values) => sum + (values?.length ?? 0), 0);
    text.textContent = chosen ? ` (${chosen} chosen)` : "";
  };
  update();
  store.on("filter", update);
  return text;
}

/** "Clear all", where there is something to clear. */
export function clearButton(store: Store): HTMLElement {
  const button = el(
    "button",
    { type: "button", class: "action", onclick: () => store.setFilter({ ...NO_FILTER }) },
    "Clear all filters",
  );
  const update = () => (button.hidden = isOpen(store.filter));
  update();
  store.on("filter", update);
  return button;
}

function facetBox(store: Store, facet: Facet): HTMLElement {
  const list = el("ul");
  const box = el("details", { class: "facet" }, el("summary", {}, TITLES[facet.name]), list);
  let limit = FEW;
  const update = () => {
    if (!box.open) return;
    const counts = store.filterer.counts(store.filterer.facets.indexOf(facet), store.selection.failures);
    const more = el(
      "button",
      {
        type: "button",
        class: "action",
        onclick: () => {
          limit += STEP;
          update();
        },
      },
      `${grouped(facet.values.length - limit)} more`,
    );
    fill(
      list,
      ...facet.values.slice(0, limit).map((value, code) => choice(store, facet, value, counts[code] ?? 0)),
      facet.values.length > limit && el("li", {}, more),
    );
  };
  box.addEventListener("toggle", update);
  store.on("filter", () => keepingFocus(list, update));
  return box;
}

function choice(store: Store, { name }: Facet, value: string, count: number): HTMLElement {
  const chosen = store.filter.chosen[name] ?? [];
  const toggle = () => {
    const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
    store.setFilter({ chosen: { ...store.filter.chosen, [name]: next } });
  };
  const input = el("input", { type: "checkbox", onchange: toggle, "data-value": value });
  input.checked = chosen.includes(value);
  const muted = count === 0 && !input.checked;
  return el(
    "li",
    {},
    el(
      "label",
      { class: muted ? "check muted" : "check" },
      input,
      el("span", {}, valueName(name, value)),
      el("span", { class: "tally" }, grouped(count)),
    ),
  );
}

/** Redraw without taking the focus from the box that was just ticked. */
function keepingFocus(list: HTMLElement, redraw: () => void): void {
  const active = document.activeElement;
  const value = list.contains(active) ? (active as HTMLElement).dataset["value"] : undefined;
  redraw();
  if (value !== undefined) list.querySelector<HTMLElement>(`[data-value="${CSS.escape(value)}"]`)?.focus();
}
