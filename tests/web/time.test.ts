import {
  DAY,
  civil,
  dayWords,
  isoDate,
  isoWords,
  minutesOf,
  offsetWords,
  parseIso,
  rangeWords,
  whenWords,
} from "../../geomap/web/src/time";

const MIDNIGHT = minutesOf(2022, 9, 13);
const when = (more: object) => ({
  start: MIDNIGHT,
  end: MIDNIGHT,
  utc_offset: 240,
  date_precision: "day",
  time_precision: "none",
  time_text: null,
  ...more,
});

describe("civil dates", () => {
  test("agree with the platform's calendar on every day of 700 years", () => {
    for (let day = Math.floor(Date.UTC(1500, 0, 1) / 864e5); day < 120_000; day += 1) {
      const date = new Date(day * 864e5);
      const { year, month, day: ofMonth } = civil(day * DAY);
      const right = year === date.getUTCFullYear() && month === date.getUTCMonth() + 1 && ofMonth === date.getUTCDate();
      if (!right || minutesOf(year, month, ofMonth) !== day * DAY)
        throw new Error(`${date.toISOString()} became ${year}-${month}-${ofMonth}`);
    }
  });

  test("keep hours and minutes before 1970 too", () => {
    expect(civil(minutesOf(1899, 12, 31, 23, 59))).toEqual({ year: 1899, month: 12, day: 31, hour: 23, minute: 59 });
  });

  test.each([
    ["2022-09-13", MIDNIGHT],
    ["2022-09-13T00:05", MIDNIGHT + 5],
    ["2022-09-13T02:30:00+04:00", MIDNIGHT + 150],
    ["2022-09", minutesOf(2022, 9, 1)],
    ["mid-October", null],
    [null, null],
  ])("read %s as written", (text, minutes) => expect(parseIso(text)).toBe(minutes));

  test("are written as ISO again", () => expect(isoDate(MIDNIGHT + 65)).toBe("2022-09-13"));
});

describe("words", () => {
  test("five past midnight stays on the 13th", () => {
    expect(whenWords(when({ start: MIDNIGHT + 5, end: MIDNIGHT + 5, time_precision: "about" }))).toBe(
      "13 Sep 2022, about 00:05 (UTC+4)",
    );
  });

  test.each([
    [{}, "13 Sep 2022"],
    [{ time_precision: "exact", start: MIDNIGHT + 840, end: MIDNIGHT + 1080 }, "13 Sep 2022, 14:00 to 18:00 (UTC+4)"],
    [
      { time_precision: "exact", start: MIDNIGHT - 60, end: MIDNIGHT + 60 },
      "12 Sep 2022, 23:00 to 13 Sep 2022, 01:00 (UTC+4)",
    ],
    [
      {
        time_precision: "part_of_day",
        time_text: "night of 12-13 September",
        start: MIDNIGHT - 240,
        end: MIDNIGHT + 360,
      },
      "12–13 Sep 2022, night (UTC+4)",
    ],
    [{ date_precision: "month" }, "Sep 2022"],
    [{ date_precision: "year" }, "2022"],
    [{ date_precision: "week" }, "week of 13 Sep 2022"],
    [{ date_precision: "range", end: MIDNIGHT + 2 * DAY, utc_offset: null }, "13–15 Sep 2022"],
    [{ start: null, end: null }, "date not stated"],
  ])("%j reads %s", (more, words) => expect(whenWords(when(more))).toBe(words));

  test.each([
    [0, "UTC"],
    [240, "UTC+4"],
    [330, "UTC+5:30"],
    [-210, "UTC−3:30"],
  ])("offset %i", (offset, words) => {
    expect(offsetWords(offset)).toBe(words);
  });

  test("ranges say each year and month once", () => {
    expect(rangeWords(minutesOf(2022, 9, 28), minutesOf(2022, 10, 2))).toBe("28 Sep – 2 Oct 2022");
    expect(rangeWords(minutesOf(2021, 12, 30), minutesOf(2022, 1, 2))).toBe("30 Dec 2021 – 2 Jan 2022");
    expect(rangeWords(MIDNIGHT, MIDNIGHT + 5)).toBe("13 Sep 2022");
  });

  test("what is no date stays as written", () => {
    expect(isoWords("mid-October")).toBe("mid-October");
    expect(isoWords("2022-09-13T02:30")).toBe("13 Sep 2022, 02:30");
    expect(dayWords(MIDNIGHT + DAY - 1)).toBe("13 Sep 2022");
  });
});
