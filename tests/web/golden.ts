// The hand-written scene that the Python tests read too (tests/page/scene.py).
import type { SceneDocument } from "../../geomap/web/src/document";
import { decode, type Scene } from "../../geomap/web/src/scene";
import document from "./golden.json";

export const golden = (): SceneDocument => structuredClone(document) as unknown as SceneDocument;
export const scene = (): Scene => decode(golden());
export const rowOf = (of: Scene, id: string): number => of.incidents.find(id)!;
