// Downloads of the rows in view, where the licences allow them: made in the page, sent nowhere.
import { el } from "./dom";
import { toCsv, toGeoJson } from "./export";
import type { Store } from "./store";

export function downloadButtons(store: Store): HTMLElement {
  if (!store.scene.licence.download) {
    return el("p", { class: "small" }, "The licence of the data does not allow a download of its rows.");
  }
  const { scene } = store;
  const button = (label: string, name: string, type: string, make: () => string) =>
    el("button", { type: "button", class: "action", onclick: () => save(name, type, make()) }, label);
  return el(
    "span",
    { class: "downloads" },
    "Download these rows: ",
    button("CSV", "incidents.csv", "text/csv", () => toCsv(scene, store.selection.rows)),
    button("GeoJSON", "incidents.geojson", "application/geo+json", () => toGeoJson(scene, store.selection.rows)),
  );
}

function save(name: string, type: string, text: string): void {
  const anchor = el("a", { download: name });
  anchor.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}
