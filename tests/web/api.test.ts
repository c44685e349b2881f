import { toFilter, toQuery } from "../../geomap/web/src/api";
import { NO_FILTER } from "../../geomap/web/src/filter";
import { DAY, minutesOf } from "../../geomap/web/src/time";

test("a query is a whole filter: what it does not name is open", () => {
  expect(toFilter({})).toEqual(NO_FILTER);
  expect(toFilter({ kind: "fire", side: ["AM", "AZ"], from: "2022-09-13", to: "2022-09-13" })).toEqual({
    text: "",
    from: minutesOf(2022, 9, 13),
    to: minutesOf(2022, 9, 13) + DAY - 1,
    chosen: { kind: ["fire"], side: ["AM", "AZ"] },
  });
});

test("a query comes back as it was given", () => {
  const query = { text: "Sotk", side: ["AM"], from: "2022-09-13", to: "2022-09-14", as_of: "2022-09-16" };
  expect(toQuery(toFilter(query), minutesOf(2022, 9, 16))).toEqual(query);
});

test("a misspelt filter and what is no date are refused in words", () => {
  expect(() => toFilter({ knid: "fire" } as never)).toThrow("no filter is called knid; there are: text, from");
  expect(() => toFilter({ from: "soon" })).toThrow("soon is no ISO date");
});
