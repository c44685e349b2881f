// The one state of the page. Views subscribe; whoever changes it calls a method here.
import { count, type Counts } from "./counts";
import { Filterer, NO_FILTER, type Filter, type Selection } from "./filter";
import { marks, type Mark } from "./marks";
import type { Scene } from "./scene";
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
  /** Borders that are drawn, by id, and whether areas are. */
  readonly shown: Set<string>;
  areasShown = true;
  readonly #listeners = new Map<Change, (() => void)[]>();

  constructor(scene: Scene) {
    this.scene = scene;
    this.filterer = new Filterer(scene);
    this.shown = new Set(scene.borders.filter((border) => border.on).map((border) => border.id));
    this.selection = this.filterer.select(NO_FILTER);
    this.counts = count(scene, this.selection.rows);
    this.marks = marks(scene, this.selection.rows);
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
    if (timeChanged) this.tollsDay = null;
    this.tell("filter");
    if (timeChanged) this.tell("tolls");
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
    if (on) this.shown.add(id);
    else this.shown.delete(id);
    this.tell("layers");
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
