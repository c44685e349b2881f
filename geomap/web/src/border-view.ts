// A border line: what it is, where it comes from, how far it may be off.
import { countryName, km, kindWords, validityWords } from "./border-words";
import type { Border } from "./document";
import { el, facts } from "./dom";
import { lineKind } from "./style";
import { isoWords } from "./time";

export const borderTitle = (border: Border): string => border.name ?? pairWords(border.pair) ?? border.id;

export const pairWords = (pair: string | null): string | null => pair && pair.split("-").map(countryName).join(" – ");

export function borderView(border: Border): HTMLElement {
  const error = border.error_km === null ? null : `may be off by about ${km(border.error_km)}`;
  return el(
    "div",
    {},
    facts([
      ["Status", kindWords(lineKind(border, true))],
      ["Validity", validityWords(border)],
      [
        "Drawn",
        border.vintage &&
          `${border.layer ?? "layer"}, ${isoWords(border.vintage)}; when it was drawn is not when it was in force`,
      ],
      ["Error", error, border.error_note],
      ["Repaired", border.repaired],
      ["Claimed by", border.claimed_by && countryName(border.claimed_by)],
      ["Held by", border.held_by],
      ["Source", border.source],
      ["Licence", border.licence],
      ["Use", border.role === "line" ? "distances are measured to this line" : "drawn only; nothing is measured to it"],
    ]),
    el("p", { class: "small" }, "Boundaries and names do not imply endorsement."),
  );
}
