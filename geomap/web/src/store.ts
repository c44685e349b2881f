// The one state of the page. Views subscribe; whoever changes it calls a method here.
import { count, type Counts } from "./counts";
import type { Border } from "./document";
import { Filterer, NO_FILTER, type Filter, type Selection } from "./filter";
import { linesInForce } from "./lines";
import { marks, type Mark } from "./marks";
import type { Scene } from "./scene";
import { lineKind } from "./style";
import { DAY } from "./time";

/** What a card is open for. */
export type Opened =
  | { kind: "incident"; row: number }
  | { kind: "place"; place: number }
  | { kind: "stack"; key: string }
  | { kind: "border"; id: string };

export type Change = "filter" | "opened" | "tolls" | "layers" | "theme";

export class Store {
  readonly scene: Scene;
  readonly filterer: Filterer;
  filter: Filter = NO_FILTER;
  selection: Selection;
  counts: Counts;
  marks: Mark[];
  opened: Opened | null = null;
  /** Day that the tolls panel was set to; null follows the map. */
  tollsDay: number | null = null;
  /** Borders in force at the time that is shown, and those that are drawn, by id; and whether areas are. */
  inForce: Set<string> = new Set();
  shown: Set<string> = new Set();
  areasShown = true;
  /** What a reader asked for, where it is not what the time says. */
  readonly #asked = new Map<string, boolean>();
  readonly #listeners = new Map<Change, (() => void)[]>();

  constructor(scene: Scene) {
    this.scene = scene;
    this.filterer = new Filterer(scene);
    this.selection = this.filterer.select(NO_FILTER);
    this.counts = count(scene, this.selection.rows);
    this.marks = marks(scene, this.selection.rows);
    this.#followTime();
  }

  on(changes: Change | readonly Change[], listener: () => void): void {
    for (const change of typeof changes === "string" ? [changes] : changes) {
      this.#listeners.set(change, [...(this.#listeners.get(change) ?? []), listener]);
    }
  }

  tell(change: Change): void {
    for (const listener of this.#listeners.get(change) ?? []) listener();
  }

  setFilter(change: Partial<Filter>): void {
    const timeChanged = "from" in change || "to" in change;
    this.filter = { ...this.filter, ...change };
    this.selection = this.filterer.select(this.filter);
    this.counts = count(this.scene, this.selection.rows);
    this.marks = marks(this.scene, this.selection.rows);
    const linesChanged = this.#followTime();
    if (timeChanged) this.tollsDay = null;
    this.tell("filter");
    if (timeChanged) this.tell("tolls");
    if (linesChanged) this.tell("layers");
  }

  open(opened: Opened | null): void {
    this.opened = opened;
    this.tell("opened");
  }

  setTollsDay(day: number | null): void {
    this.tollsDay = day;
    this.tell("tolls");
  }

  toggleBorder(id: string, on: boolean): void {
    this.#asked.delete(id);
    this.#followTime();
    if (this.shown.has(id) !== on) this.#asked.set(id, on);
    this.#followTime();
    this.tell("layers");
  }

  /** Work out anew which lines are in force and drawn; tells whether that changed. */
  #followTime(): boolean {
    const before = [...this.inForce, "", ...this.shown].join("\n");
    this.inForce = linesInForce(this.scene, this.filter, this.selection.rows);
    const isShown = ({ id, on }: Border) => this.#asked.get(id) ?? (on && this.inForce.has(id));
    this.shown = new Set(this.scene.borders.filter(isShown).map(({ id }) => id));
    return before !== [...this.inForce, "", ...this.shown].join("\n");
  }

  /** What a line is drawn as: by its status, or as out of force. */
  kindOf(border: Border): string {
    return lineKind(border, this.inForce.has(border.id));
  }

  toggleAreas(on: boolean): void {
    this.areasShown = on;
    this.tell("layers");
  }

  /** The day whose standing tolls are shown: set in the panel, else the end of the chosen time; null for the latest. */
  get claimsDay(): number | null {
    if (this.tollsDay !== null) return this.tollsDay;
    return this.filter.to === null ? null : Math.floor(this.filter.to / DAY) * DAY;
  }

  isRowShown(row: number): boolean {
    return this.selection.failures[row] === 0;
  }
}
