import { decode, placeOf, positionOf } from "../../geomap/web/src/scene";
import { golden, rowOf, scene } from "./golden";

test("cells come back as they were written, absent columns as null", () => {
  const { incidents } = scene();
  const row = incidents.record(rowOf(scene(), "R01-jermuk"));
  expect(row).toMatchObject({
    place_text: "Jermuk",
    utc_offset: 240,
    border_km: 12.145,
    side: "AM",
    deaths_low: null,
    duplicate_of: null,
  });
});

test("a scene of another version is refused in words", () => {
  expect(() => decode({ ...golden(), version: 7 })).toThrow("version 7");
});

test("a column that is too short is refused", () => {
  const broken = golden();
  broken.incidents.columns["row"] = { type: "number", values: [1] };
  expect(() => decode(broken)).toThrow("column row holds 1 values where 12 were promised");
});

test("an area stands at its place's reference point, an unplaced row nowhere", () => {
  const decoded = scene();
  expect(positionOf(decoded, rowOf(decoded, "R04-lachin"))).toEqual([46.3472, 39.7357]);
  expect(positionOf(decoded, rowOf(decoded, "R15-stretch"))).toBeNull();
  expect(placeOf(decoded, rowOf(decoded, "R04-istisu"))?.name).toBe("Jermuk");
});
