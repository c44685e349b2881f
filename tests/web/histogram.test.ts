import { bars, binOf, binWords, edges, floorTo, unitFor, type Unit } from "../../geomap/web/src/histogram";
import { DAY, isoDate, minutesOf } from "../../geomap/web/src/time";

const TUESDAY = minutesOf(2022, 9, 13, 12);

test.each<[Unit, string]>([
  ["day", "2022-09-13"],
  ["week", "2022-09-12"],
  ["month", "2022-09-01"],
  ["year", "2022-01-01"],
])("a %s bin starts on %s", (unit, start) => expect(isoDate(floorTo(unit, TUESDAY))).toBe(start));

test("weeks before 1970 begin on Monday too", () =>
  expect(isoDate(floorTo("week", minutesOf(1969, 12, 31)))).toBe("1969-12-29"));

test("edges cover the whole range and month bins follow the calendar", () => {
  const found = edges("month", minutesOf(2021, 11, 5), minutesOf(2022, 2, 1)).map(isoDate);
  expect(found).toEqual(["2021-11-01", "2021-12-01", "2022-01-01", "2022-02-01", "2022-03-01"]);
});

test("each minute falls into the bin that holds it", () => {
  const days = edges("day", TUESDAY, TUESDAY + 3 * DAY);
  expect(
    [TUESDAY, minutesOf(2022, 9, 13, 23, 59), minutesOf(2022, 9, 14)].map((minute) => binOf(days, minute)),
  ).toEqual([0, 0, 1]);
});

test("ranges are counted apart, once in each bin they overlap", () => {
  const days = edges("day", TUESDAY, TUESDAY + 2 * DAY);
  const { sure, maybe } = bars(days, [
    [TUESDAY, TUESDAY],
    [TUESDAY, TUESDAY + DAY],
  ]);
  expect([...sure]).toEqual([1, 0, 0]);
  expect([...maybe]).toEqual([1, 1, 0]);
});

test("the unit keeps the number of bars readable", () => {
  for (const years of [0.1, 1, 4, 30, 200]) {
    const to = TUESDAY + years * 365 * DAY;
    expect(edges(unitFor(TUESDAY, to), TUESDAY, to).length).toBeLessThan(245);
  }
  expect(binWords("week", floorTo("week", TUESDAY))).toBe("week of 12 Sep 2022");
});
