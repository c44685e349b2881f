// Which border lines are in force at the time that is shown.
import type { Border } from "./document";
import type { Filter } from "./filter";
import type { Scene } from "./scene";
import { many } from "./table";
import { parseIso } from "./time";

const isDated = ({ valid_from, valid_to }: Border): boolean => Boolean(valid_from || valid_to);

/** Whether some of the time is on or after `valid_from` and before the day of `valid_to`; a line without dates is. */
const isWithin = ({ valid_from, valid_to }: Border, from: number, to: number): boolean =>
  (parseIso(valid_from) ?? -Infinity) <= to && from < (parseIso(valid_to) ?? Infinity);

/**
 * The ids of the lines in force: at some moment of the chosen time; with no time chosen, on the day that the map is
 * as of, or when one of the shown rows was measured to them. Without such a day, those that have no end.
 */
export function linesInForce(scene: Scene, { from, to }: Pick<Filter, "from" | "to">, rows: Uint32Array): Set<string> {
  const dated = scene.borders.filter(isDated);
  const isChosen = from !== null || to !== null;
  const asOf = parseIso(scene.as_of);
  const met = isChosen || !dated.length ? new Set<string>() : linesMet(scene, rows);
  const inForce = (border: Border): boolean => {
    if (isChosen) return isWithin(border, from ?? -Infinity, to ?? Infinity);
    return met.has(border.id) || (asOf === null ? !border.valid_to : isWithin(border, asOf, asOf));
  };
  const out = new Set(dated.filter((border) => !inForce(border)));
  return new Set(scene.borders.filter((border) => !out.has(border)).map(({ id }) => id));
}

function linesMet(scene: Scene, rows: Uint32Array): Set<string> {
  const cells = new Set<string | null>();
  for (const row of rows) cells.add(scene.incidents.text("border_id", row));
  return new Set([...cells].flatMap(many));
}
