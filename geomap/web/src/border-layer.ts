// Borders by status, over a pale casing. Clicks are resolved by the map, not by the lines.
import * as L from "leaflet";
import type { Border } from "./document";
import { decodeLines, distanceToLines, type LonLat, type Point } from "./geo";
import type { Store } from "./store";
import { lineStyle, type Theme } from "./style";

interface Drawn {
  border: Border;
  lines: LonLat[][];
  casing: L.Polyline;
  line: L.Polyline;
}

const REACH = 7;

export class BorderLayer {
  readonly #map: L.Map;
  readonly #store: Store;
  readonly #drawn: Drawn[];
  #theme: Theme;

  constructor(map: L.Map, store: Store, theme: Theme) {
    this.#map = map;
    this.#store = store;
    this.#theme = theme;
    map.createPane("borders").style.zIndex = "350";
    const renderer = L.canvas({ pane: "borders", padding: 0.6 });
    this.#drawn = store.scene.borders.map((border) => draw(border, renderer));
    this.update();
    store.on("layers", () => this.update());
  }

  paint(theme: Theme): void {
    this.#theme = theme;
    for (const { border, casing, line } of this.#drawn) {
      const { width, dash, opacity, isMuted } = lineStyle(this.#store.kindOf(border));
      casing.setStyle({ color: theme.halo, weight: width + 2.6, opacity: 0.75 });
      line.setStyle({
        color: isMuted ? theme.mutedInk : theme.border,
        weight: width,
        opacity,
        dashArray: dash ?? "",
      });
    }
  }

  update(): void {
    this.paint(this.#theme);
    for (const { border, casing, line } of this.#drawn) {
      for (const layer of [casing, line]) {
        if (this.#store.shown.has(border.id)) layer.addTo(this.#map);
        else layer.remove();
      }
    }
  }

  /** The shown border within reach of a point of the map's container, the nearest first. */
  at(point: L.Point): Border | null {
    const reached = this.#drawn
      .filter(({ border }) => this.#store.shown.has(border.id))
      .map(({ border, lines }) => ({ border, distance: this.#distance(point, lines) }))
      .filter(({ distance }) => distance <= REACH)
      .sort((a, b) => a.distance - b.distance);
    return reached[0]?.border ?? null;
  }

  #distance(point: L.Point, lines: LonLat[][]): number {
    const view = this.#map.getBounds().pad(0.1);
    const onScreen = ([lon, lat]: LonLat): Point => {
      const { x, y } = this.#map.latLngToContainerPoint([lat, lon]);
      return [x, y];
    };
    const near = lines.filter((line) => line.some(([lon, lat]) => view.contains([lat, lon])));
    return distanceToLines(
      [point.x, point.y],
      near.map((line) => line.map(onScreen)),
    );
  }
}

function draw(border: Border, renderer: L.Canvas): Drawn {
  const lines = decodeLines(border.geo);
  const latLngs = lines.map((line) => line.map(([lon, lat]): L.LatLngTuple => [lat, lon]));
  const options = { renderer, pane: "borders", interactive: false, smoothFactor: 0.7 };
  return { border, lines, casing: L.polyline(latLngs, options), line: L.polyline(latLngs, options) };
}
