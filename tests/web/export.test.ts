import { neutralise, reveal, toCsv, toGeoJson } from "../../geomap/web/src/export";
import { fromHash, toHash, type LinkState } from "../../geomap/web/src/link";
import { NO_FILTER } from "../../geomap/web/src/filter";
import { DAY, minutesOf } from "../../geomap/web/src/time";
import { scene } from "./golden";

test.each(["=1+1", "+49", "-2", "@SUM(A1)", "'quoted", "\tx", "plain", ""])("%j is neutralised reversibly", (cell) => {
  expect(neutralise(cell)).not.toMatch(/^[=+\-@\t\r]/);
  expect(reveal(neutralise(cell))).toBe(cell);
});

test("CSV holds a line a row, with the citation", () => {
  const lines = toCsv(scene(), [0, 3]).trimEnd().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^id,report_id,.*,citation$/);
  expect(lines[1]).toContain("2022-09-13T00:05");
  expect(lines[2]).toMatch(/geomap seed project/);
});

test("GeoJSON gives an area no point", () => {
  const { features } = JSON.parse(toGeoJson(scene(), [0, 3])) as { features: { geometry: unknown }[] };
  expect(features.map(({ geometry }) => geometry)).toEqual([
    { type: "Point", coordinates: [45.67112, 39.83948] },
    null,
  ]);
});

test("the state goes into a link and comes back", () => {
  const state: LinkState = {
    view: { zoom: 8.25, lat: 39.8, lon: 46.1 },
    filter: {
      ...NO_FILTER,
      text: "Laçın & Co",
      from: minutesOf(2022, 9, 13),
      to: minutesOf(2022, 9, 14) + DAY - 1,
      chosen: { side: ["AM", ""], kind: ["fire~smoke"] },
    },
    open: "R01-jermuk",
    tollsOn: minutesOf(2022, 9, 16),
  };
  expect(fromHash(`#${toHash(state)}`)).toEqual(state);
});

test("nonsense in a link is left out", () => {
  expect(fromHash("#map=a/b&from=soon&x=1")).toEqual({ view: null, filter: NO_FILTER, open: null, tollsOn: null });
});
