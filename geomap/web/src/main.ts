// The bundle's entry. Leaflet's module sets window.L for folium's script, which runs next; the page is built when the
// document is whole.
import * as L from "leaflet";
import "./css/main.css";
import type { Api } from "./api";
import { start } from "./app";
import type { SceneDocument } from "./document";
import { el } from "./dom";
import { decode } from "./scene";
import { unpack } from "./unpack";

const MAP_ID = "map_geomap";

declare global {
  interface Window {
    geomap: Api;
    map_geomap?: L.Map;
  }
}

const textOf = (id: string): string => document.getElementById(id)?.textContent ?? "";

function mapOf(root: HTMLElement): L.Map {
  if (window[MAP_ID] instanceof L.Map) return window[MAP_ID];
  const container = document.getElementById(MAP_ID) ?? root.appendChild(el("div", { id: MAP_ID }));
  return L.map(container, { zoomControl: false, attributionControl: false, zoomSnap: 0.25, center: [0, 0], zoom: 2 });
}

async function run(): Promise<void> {
  const root = document.getElementById("geomap") ?? document.body.appendChild(el("div", { id: "geomap" }));
  try {
    const block = document.getElementById("geomap-scene");
    const scene = decode(await unpack<SceneDocument>(block?.textContent ?? ""));
    block?.remove();
    Object.assign(window.geomap, start(scene, root, mapOf(root), textOf("geomap-notices")));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    root.prepend(el("p", { class: "failure", role: "alert" }, `This map could not be shown: ${reason}.`));
    throw error;
  }
}

const whole = new Promise<void>((resolve) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => resolve());
  else resolve();
});

window.geomap = { ready: whole.then(run) } as Api;
