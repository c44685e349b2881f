// About this map: method, sources, licences, inputs with their hashes, what was left out, third-party notices.
import type { InputFile } from "./document";
import { el, facts } from "./dom";
import type { Scene } from "./scene";
import { isoWords } from "./time";
import { grouped } from "./words";

export function aboutView(scene: Scene, notices: string): HTMLElement {
  const { about, licence } = scene;
  return el(
    "div",
    { class: "about" },
    facts([
      ["Made with", about.tool],
      ["Built", isoWords(scene.built)],
      ["Claims known up to", isoWords(scene.as_of)],
      ["Gazetteer", about.gazetteer],
      ["Border layers", ...about.borders],
      ["Base map", ...scene.basemap.source],
      ["Picture in words", scene.alt],
      ["By", scene.byline],
    ]),
    part(
      "Method",
      about.method.map((sentence) => el("li", {}, sentence)),
    ),
    part(
      "Cite the data as",
      licence.citations.map((citation) => el("li", {}, citation)),
    ),
    part(
      "Credits and licences",
      scene.credits.map(({ name, licence: terms, text }) =>
        el("li", {}, el("strong", {}, name), `: ${terms}. ${text}`),
      ),
    ),
    part(
      "Columns left out",
      licence.left_out.map(([column, why]) => el("li", {}, el("code", {}, column), `: ${why}`)),
    ),
    part("Input files", scene.files.map(fileItem)),
    el("p", {}, "This file holds everything it shows. It asks no other computer for anything."),
    el("p", {}, "Boundaries and names do not imply endorsement."),
    el("details", {}, el("summary", {}, "Third-party notices"), el("pre", { tabindex: 0 }, notices)),
  );
}

const part = (title: string, items: HTMLElement[]): HTMLElement | null =>
  items.length ? el("section", {}, el("h3", {}, title), el("ul", { class: "plain" }, ...items)) : null;

function fileItem(file: InputFile): HTMLElement {
  return el(
    "li",
    {},
    el("strong", {}, file.path),
    ` (${file.format}, read as ${file.preset}): ${grouped(file.read)} of ${grouped(file.rows)} rows read`,
    el("p", { class: "small hash" }, `SHA-256 ${file.sha256}`),
    ...file.notes.map((note) => el("p", { class: "small" }, note)),
  );
}
