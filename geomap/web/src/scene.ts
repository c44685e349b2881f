// Scene: the decoded document. Reading it is the only place where its version is checked.
import { VERSION, type Place, type SceneDocument } from "./document";
import { Table } from "./table";

export interface Scene extends Omit<SceneDocument, "incidents"> {
  incidents: Table;
}

/** Decode a scene document; throws an Error in plain words when it is of another version or damaged. */
export function decode(document: SceneDocument): Scene {
  if (document?.version !== VERSION) {
    throw new Error(`this map holds a scene of version ${document?.version}; this page reads version ${VERSION}`);
  }
  return { ...document, incidents: new Table(document.incidents) };
}

export function placeOf(scene: Scene, index: number): Place | null {
  const place = scene.incidents.number("place", index);
  return place === null ? null : (scene.places[place] ?? null);
}

/** Where a row is drawn: its own coordinates, else its place's reference point; null when it has neither. */
export function positionOf(scene: Scene, index: number): [lon: number, lat: number] | null {
  if (scene.incidents.text("status", index) !== "placed") return null;
  const lon = scene.incidents.number("lon", index);
  const lat = scene.incidents.number("lat", index);
  if (lon !== null && lat !== null) return [lon, lat];
  const place = placeOf(scene, index);
  return place && [place.lon, place.lat];
}
