// Keeps the state of the page in the address's hash, where the frame allows it.
import type * as L from "leaflet";
import { fromHash, toHash, type LinkState } from "./link";
import type { Store } from "./store";

const WAIT_MS = 250;

export function stateOf(store: Store, map: L.Map): LinkState {
  const { lat, lng } = map.getCenter();
  const open = store.opened?.kind === "incident" ? store.scene.incidents.text("id", store.opened.row) : null;
  return { view: { lat, lon: lng, zoom: map.getZoom() }, filter: store.filter, open, tollsOn: store.tollsDay };
}

/** Read the address; an empty or forbidden one gives null. */
export function readAddress(): LinkState | null {
  try {
    return location.hash.length > 1 ? fromHash(location.hash) : null;
  } catch {
    return null;
  }
}

/** Write the address a moment after each change; a frame without history is left as it is. */
export function keepAddress(store: Store, map: L.Map): void {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => write(`#${toHash(stateOf(store, map))}`), WAIT_MS);
  };
  map.on("moveend", later);
  store.on(["filter", "opened", "tolls"], later);
}

function write(hash: string): void {
  try {
    history.replaceState(history.state, "", hash);
  } catch {
    // Sandboxed frames and srcdoc forbid it; the page works without.
  }
}
