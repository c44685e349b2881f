// The embedded base map: land, lakes, rivers, provinces, countries, drawn by Leaflet on one canvas.
import * as L from "leaflet";
import type { BaseMap, Geo } from "./document";
import { decodeLines } from "./geo";
import type { Theme } from "./style";

type Style = (theme: Theme) => L.PathOptions;

const STYLES: [layer: "land" | "lakes" | "rivers" | "provinces" | "countries", filled: boolean, style: Style][] = [
  ["land", true, (theme) => ({ fillColor: theme.land, fillOpacity: 1, color: theme.coast, weight: 0.8 })],
  ["provinces", false, (theme) => ({ color: theme.province, weight: 0.9 })],
  ["rivers", false, (theme) => ({ color: theme.river, weight: 1 })],
  ["lakes", true, (theme) => ({ fillColor: theme.water, fillOpacity: 1, color: theme.coast, weight: 0.8 })],
  ["countries", false, (theme) => ({ color: theme.country, weight: 1.4 })],
];

const latLngs = (geo: Geo): L.LatLngTuple[][] =>
  decodeLines(geo).map((line) => line.map(([lon, lat]) => [lat, lon]));

/** Add the base map; returns a function that colours it anew. */
export function addBaseMap(map: L.Map, base: BaseMap, theme: Theme): (theme: Theme) => void {
  map.createPane("base").style.zIndex = "200";
  const renderer = L.canvas({ pane: "base", padding: 0.6 });
  const layers = STYLES.filter(([name]) => base[name]?.lines.length).map(([name, filled, style]) => {
    const options = { renderer, pane: "base", interactive: false, fill: filled, smoothFactor: 0.7 };
    const lines = latLngs(base[name]);
    const layer = filled ? L.polygon(lines, options) : L.polyline(lines, options);
    return { layer: layer.addTo(map), style };
  });
  const paint = (colours: Theme) => {
    map.getContainer().style.background = colours.water;
    for (const { layer, style } of layers) layer.setStyle(style(colours));
  };
  paint(theme);
  return paint;
}
