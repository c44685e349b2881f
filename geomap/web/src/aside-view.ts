// What is not on the map: rows without a place, rows set aside, and what else a reader must be told.
import type { Problem, SetAside, Unplaced } from "./document";
import { el, type Child } from "./dom";
import type { Store } from "./store";
import { grouped, plural } from "./words";

export function asideView(store: Store): HTMLElement {
  const { counts, unplaced, set_aside: aside, problems } = store.scene;
  return el(
    "div",
    { class: "aside" },
    el("p", { class: "lead" }, accountWords(counts)),
    part(
      `Not placed (${grouped(counts.unplaced)})`,
      "Their names are ambiguous, unknown, or no single place.",
      unplaced.map((row) => unplacedItem(store, row)),
    ),
    part(
      `Rows set aside (${grouped(counts.set_aside)})`,
      "They could not be read as incidents and are not shown.",
      aside.map(asideItem),
    ),
    part(
      `Remarks (${grouped(problems.length)})`,
      "Assumptions made and values marked while reading.",
      problems.map(problemItem),
    ),
  );
}

function accountWords(counts: Store["scene"]["counts"]): string {
  const parts = [
    `${grouped(counts.placed)} placed`,
    `${grouped(counts.unplaced)} not placed${counts.ambiguous ? ` (${grouped(counts.ambiguous)} ambiguous)` : ""}`,
    ...(counts.superseded ? [`${grouped(counts.superseded)} superseded by a later version`] : []),
    `${grouped(counts.set_aside)} set aside`,
  ];
  return `${plural(counts.rows, "row")} in the input: ${parts.join(", ")}.`;
}

function part(title: string, words: string, items: HTMLElement[]): HTMLElement {
  const body = items.length
    ? [el("p", { class: "small" }, words), el("ul", { class: "plain" }, ...items)]
    : [el("p", { class: "small" }, "None.")];
  return el("section", {}, el("h3", {}, title), ...body);
}

function unplacedItem(store: Store, row: Unplaced): HTMLElement {
  const index = store.scene.incidents.find(row.id);
  const open = () => store.open({ kind: "incident", row: index! });
  const name = row.place_text ?? "no place named";
  return el(
    "li",
    {},
    index === undefined
      ? el("strong", {}, name)
      : el("button", { type: "button", class: "action", onclick: open }, name),
    row.why ? `: ${row.why}` : null,
    row.rivals.length > 0 && el("p", { class: "small" }, `Candidates: ${row.rivals.join("; ")}`),
    where(row.file, null, row.row),
  );
}

function asideItem({ file, sheet, row, faults }: SetAside): HTMLElement {
  const lines = faults.map(({ column, value, reason, hint }) =>
    el(
      "li",
      {},
      column ? el("code", {}, column) : null,
      value === null ? null : ` “${value}”`,
      column || value !== null ? ": " : null,
      reason,
      hint ? ` (${hint})` : null,
    ),
  );
  return el("li", {}, where(file, sheet, row), el("ul", {}, ...lines));
}

function problemItem({ reason, file, sheet, row, column, value, hint }: Problem): HTMLElement {
  const about: Child[] = [
    column ? el("code", {}, column) : null,
    value ? ` “${value}”` : null,
    column || value ? ": " : null,
  ];
  return el("li", {}, ...about, reason, hint ? ` (${hint})` : null, where(file ?? null, sheet ?? null, row ?? null));
}

function where(file: string | null, sheet: string | null, row: number | null): HTMLElement | null {
  const words = [file, sheet && `sheet ${sheet}`, row === null ? null : `row ${row}`].filter(Boolean);
  return words.length ? el("p", { class: "small" }, words.join(", ")) : null;
}
