import type { Border } from "../../geomap/web/src/document";
import { linesInForce } from "../../geomap/web/src/lines";
import { decode, type Scene } from "../../geomap/web/src/scene";
import { Store } from "../../geomap/web/src/store";
import { DAY, minutesOf } from "../../geomap/web/src/time";
import { golden } from "./golden";

const line = (id: string, valid_from: string | null, valid_to: string | null): Border => ({
  ...golden().borders[0]!, id, valid_from, valid_to,
});
const LINES = [
  line("always", null, null),
  line("first", null, "2020-11-10"),
  line("second", "2020-11-10", "2022-08-26"),
  line("third", "2022-08-26", null),
];
const NO_ROWS = new Uint32Array();

/** Three rows, measured to the first line, to the first and second, and to none. */
function made(as_of: string | null = "2023-01-01"): Scene {
  const document = golden();
  const columns: (typeof document)["incidents"]["columns"] = {
    id: { type: "text", values: ["a", "b", "c"] },
    status: { type: "text", values: ["placed", "placed", "placed"] },
    start: { type: "number", values: [minutesOf(2019, 5, 1), minutesOf(2020, 11, 9), minutesOf(2023, 1, 1)] },
    border_id: { type: "category", words: ["first", "first | second"], codes: [0, 1, -1] },
  };
  return decode({ ...document, as_of, borders: LINES, incidents: { n: 3, columns } });
}

const day = (year: number, month: number, date: number) => minutesOf(year, month, date);
const during = (from: number | null, to: number | null) =>
  [...linesInForce(made(), { from, to: to === null ? null : to + DAY - 1 }, NO_ROWS)].join(" ");

test.each([
  ["the last day before the change", day(2020, 11, 9), day(2020, 11, 9), "always first"],
  ["the day of the change", day(2020, 11, 10), day(2020, 11, 10), "always second"],
  ["a span across it", day(2020, 11, 9), day(2020, 11, 10), "always first second"],
  ["all after a day", day(2022, 8, 26), null, "always third"],
  ["all up to a day", null, day(2020, 11, 9), "always first"],
])("in force on %s", (_, from, to, expected) => expect(during(from, to)).toBe(expected));

test("with no time chosen: the lines of the map's day, and those that shown rows met", () => {
  const open = { from: null, to: null };
  const lines = (rows: number[], asOf?: string | null) =>
    [...linesInForce(made(asOf), open, Uint32Array.from(rows))].join(" ");
  expect(lines([2])).toBe("always third");
  expect(lines([0])).toBe("always first third");
  expect(lines([1])).toBe("always first second third");
  expect(lines([], "2021-06-01")).toBe("always second");
  expect(lines([], null)).toBe("always third");
});

test("what is drawn follows the time; a line out of force that is asked for is drawn as that", () => {
  const store = new Store(made());
  let told = 0;
  store.on("layers", () => told++);
  const drawn = () => [...store.shown].join(" ");
  expect(drawn()).toBe("always first second third");
  store.setFilter({ from: day(2021, 1, 1), to: day(2021, 2, 1) });
  expect([drawn(), told]).toEqual(["always second", 1]);
  store.setFilter({ to: day(2021, 3, 1) });
  expect(told).toBe(1);
  store.toggleBorder("third", true);
  expect(drawn()).toBe("always second third");
  expect(store.kindOf(LINES[3]!)).toBe("out_of_force");
  expect(store.kindOf(LINES[2]!)).toBe("not_delimited");
  store.toggleBorder("second", false);
  store.toggleBorder("third", false);
  store.setFilter({ from: null, to: null });
  expect(drawn()).toBe("always first third");
});
