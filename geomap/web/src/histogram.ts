// Bins of event-local time, and what falls into them.
import { DAY, MONTHS, civil, dayWords, minutesOf } from "./time";

export const UNITS = ["day", "week", "month", "year"] as const;
export type Unit = (typeof UNITS)[number];

/** The start of the bin that holds a minute; weeks begin on Monday. */
export function floorTo(unit: Unit, minutes: number): number {
  const { year, month } = civil(minutes);
  const day = Math.floor(minutes / DAY);
  if (unit === "day") return day * DAY;
  if (unit === "week") return (day - ((((day + 3) % 7) + 7) % 7)) * DAY;
  return unit === "month" ? minutesOf(year, month, 1) : minutesOf(year, 1, 1);
}

/** The start of the next bin. */
export function next(unit: Unit, start: number): number {
  if (unit === "day" || unit === "week") return start + DAY * (unit === "day" ? 1 : 7);
  const { year, month } = civil(start);
  if (unit === "year") return minutesOf(year + 1, 1, 1);
  return month === 12 ? minutesOf(year + 1, 1, 1) : minutesOf(year, month + 1, 1);
}

/** The finest unit that keeps the bars readable. */
export function unitFor(from: number, to: number): Unit {
  const days = (to - from) / DAY;
  return days <= 120 ? "day" : days <= 7 * 104 ? "week" : days <= 365.25 * 20 ? "month" : "year";
}

/** Edges of the bins from the one that holds `from` to the end of the one that holds `to`. */
export function edges(unit: Unit, from: number, to: number): number[] {
  const found = [floorTo(unit, from)];
  while (found.at(-1)! <= to) found.push(next(unit, found.at(-1)!));
  return found;
}

/** The bin that holds a minute: the last edge not after it. */
export function binOf(all: readonly number[], minutes: number): number {
  let low = 0;
  let high = all.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (all[middle]! <= minutes) low = middle;
    else high = middle;
  }
  return low;
}

export interface Bars {
  /** Rows whose whole time lies in the bin. */
  sure: Uint32Array;
  /** Rows whose time only overlaps it: a range across bins. */
  maybe: Uint32Array;
}

/** Count rows a bin; a range counts in each bin it overlaps, apart from those that fit one bin. */
export function bars(all: readonly number[], spans: Iterable<[start: number, end: number]>): Bars {
  const sure = new Uint32Array(all.length - 1);
  const maybe = new Uint32Array(all.length - 1);
  for (const [start, end] of spans) {
    const first = binOf(all, start);
    const last = binOf(all, end);
    const into = first === last ? sure : maybe;
    for (let bin = first; bin <= last; bin++) into[bin]!++;
  }
  return { sure, maybe };
}

/** "13 Sep 2022", "week of 12 Sep 2022", "Sep 2022", "2022" */
export function binWords(unit: Unit, start: number): string {
  const { year, month } = civil(start);
  if (unit === "year") return String(year);
  if (unit === "month") return `${MONTHS[month - 1]} ${year}`;
  return unit === "week" ? `week of ${dayWords(start)}` : dayWords(start);
}
