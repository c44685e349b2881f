// Puts the page together around the map that folium made.
import * as L from "leaflet";
import { keepAddress, readAddress, stateOf } from "./address";
import { applyQuery, toQuery, type Api } from "./api";
import { Card } from "./card";
import { controls } from "./controls";
import { el } from "./dom";
import { repaintIcons } from "./glyph-icon";
import { MapView } from "./map";
import { Panel } from "./panel";
import type { Scene } from "./scene";
import { onTheme } from "./scheme";
import { Store } from "./store";
import { Timeline, timeRange } from "./timeline";

export type Handles = Omit<Api, "ready">;

/** Build the page inside `root`; returns what window.geomap offers. */
export function start(scene: Scene, root: HTMLElement, map: L.Map, notices: string): Handles {
  const store = new Store(scene);
  const panel = new Panel(store, notices);
  const card = new Card(store);
  const range = timeRange(store);
  const stage = el("main", { class: "stage", "aria-label": "Map" });
  const container = map.getContainer();
  container.setAttribute("aria-label", `Map: ${scene.alt ?? scene.title}`);
  container.setAttribute("role", "region");
  stage.append(container);
  root.replaceChildren(panel.element, stage);
  if (range) root.append(new Timeline(store, range).element);
  const view = new MapView(map, store);
  stage.append(...controls(view, store, () => panel.choose("about")));
  root.append(card.element);
  view.fit();
  onTheme(repaintIcons);
  store.on("opened", () => {
    if (store.opened?.kind === "incident") panel.list.reveal(store.opened.row);
  });
  restore(store, view);
  keepAddress(store, map);
  return handles(store, map, panel);
}

function restore(store: Store, view: MapView): void {
  const address = readAddress();
  if (!address) return;
  store.setFilter(address.filter);
  if (address.tollsOn !== null) store.setTollsDay(address.tollsOn);
  if (address.view) view.setView(address.view.lat, address.view.lon, address.view.zoom);
  const row = address.open === null ? undefined : store.scene.incidents.find(address.open);
  if (row !== undefined) store.open({ kind: "incident", row });
}

function handles(store: Store, map: L.Map, panel: Panel): Handles {
  return {
    filter: (query) => applyQuery(store, query),
    counts: () => store.counts,
    open: (id) => open(store, panel, id),
    state: () => {
      const { view, open: opened } = stateOf(store, map);
      const tab = document.querySelector('[role="tab"][aria-selected="true"]')?.id.replace("geomap-tab-", "") ?? null;
      return { filter: toQuery(store.filter, store.tollsDay), open: opened, tab, view: view!, lines: linesOf(store) };
    },
  };
}

function linesOf(store: Store): Record<string, string> {
  const drawn = store.scene.borders.filter(({ id }) => store.shown.has(id));
  return Object.fromEntries(drawn.map((border) => [border.id, store.kindOf(border)]));
}

function open(store: Store, panel: Panel, id: string): boolean {
  const row = store.scene.incidents.find(id);
  const place = store.scene.places.findIndex((candidate) => candidate.id === id);
  if (row === undefined && place < 0) return false;
  panel.show("rows");
  if (row !== undefined && !store.isRowShown(row)) store.setFilter({ text: "", from: null, to: null, chosen: {} });
  store.open(row === undefined ? { kind: "place", place } : { kind: "incident", row });
  return true;
}
