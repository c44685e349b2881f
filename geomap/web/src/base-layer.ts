// The embedded base map: land, lakes, rivers, provinces, countries, drawn by Leaflet on one canvas. It is cut out of the
// world along a box; beyond the box nothing is drawn, neither land nor sea.
import * as L from "leaflet";
import type { BaseMap } from "./document";
import { boxOf, decodeLines, withoutCuts, type Box, type LonLat } from "./geo";
import type { Theme } from "./style";

interface Part {
  lines: LonLat[][];
  filled: boolean;
  style: (theme: Theme) => L.PathOptions;
}

const corners = ([west, south, east, north]: Box): LonLat[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];

/** What is drawn, from bottom to top. */
function parts(base: BaseMap, land: LonLat[][], box: Box): Part[] {
  const fill = (colour: string): L.PathOptions => ({ fillColor: colour, fillOpacity: 1, stroke: false });
  return [
    { lines: [corners(box)], filled: true, style: (theme) => fill(theme.water) },
    { lines: land, filled: true, style: (theme) => fill(theme.land) },
    { lines: withoutCuts(land, box), filled: false, style: (theme) => ({ color: theme.coast, weight: 0.8 }) },
    { lines: decodeLines(base.provinces), filled: false, style: (theme) => ({ color: theme.province, weight: 0.9 }) },
    { lines: decodeLines(base.rivers), filled: false, style: (theme) => ({ color: theme.river, weight: 1 }) },
    {
      lines: decodeLines(base.lakes),
      filled: true,
      style: (theme) => ({ ...fill(theme.water), stroke: true, color: theme.coast, weight: 0.8 }),
    },
    { lines: decodeLines(base.countries), filled: false, style: (theme) => ({ color: theme.country, weight: 1.4 }) },
  ];
}

export interface DrawnBase {
  /** Colour it anew. */
  paint(theme: Theme): void;
  /** What it covers; null when the scene has no base map. */
  box: Box | null;
}

export function addBaseMap(map: L.Map, base: BaseMap): DrawnBase {
  map.createPane("base").style.zIndex = "200";
  const renderer = L.canvas({ pane: "base", padding: 0.6 });
  const land = decodeLines(base.land);
  const box = boxOf(land.flat());
  const layers = (box ? parts(base, land, box) : []).map(({ lines, filled, style }) => {
    const latLngs = lines.map((line) => line.map(([lon, lat]): L.LatLngTuple => [lat, lon]));
    const options = { renderer, pane: "base", interactive: false, fill: filled, smoothFactor: 0.7 };
    return { style, layer: (filled ? L.polygon(latLngs, options) : L.polyline(latLngs, options)).addTo(map) };
  });
  const paint = (theme: Theme) => {
    map.getContainer().style.background = theme.beyond;
    for (const { layer, style } of layers) layer.setStyle(style(theme));
  };
  return { paint, box };
}
