import { count } from "../../geomap/web/src/counts";
import { Filterer, NO_FILTER, type Filter } from "../../geomap/web/src/filter";
import { minutesOf } from "../../geomap/web/src/time";
import { golden, rowOf, scene } from "./golden";
import { decode } from "../../geomap/web/src/scene";

const ids = (filter: Partial<Filter>): string[] => {
  const decoded = scene();
  const { rows } = new Filterer(decoded).select({ ...NO_FILTER, ...filter });
  return Array.from(rows, (row) => decoded.incidents.text("id", row)!);
};

test("no filter shows every row", () => expect(ids({})).toHaveLength(12));

test.each(["Berdzor", "Laçın", "Лачин", "lachin", "LACIN"])("%s finds Lachin", (text) => {
  expect(ids({ text })).toEqual(["R04-lachin"]);
});

test.each([
  ["Սոթք", 3],
  ["Zod", 2],
  ["sotk", 3],
  ["mil.am jermuk", 1],
  ["nowhere", 0],
])("%s finds %i rows", (text, n) => {
  expect(ids({ text })).toHaveLength(n);
});

test("time keeps rows that overlap it; a date without a clock lasts its day; undated rows stay out", () => {
  const found = ids({ from: minutesOf(2022, 9, 13, 5), to: minutesOf(2022, 9, 13, 23) });
  expect(found).toContain("R04-istisu");
  expect(found).toContain("R06-jermuk");
  expect(found).not.toContain("R01-jermuk");
  expect(found).not.toContain("X3-undated");
});

test("a facet's live counts ignore its own choice and follow all others", () => {
  const filterer = new Filterer(scene());
  const position = filterer.facets.findIndex(({ name }) => name === "relation");
  const counts = (chosen: Filter["chosen"]) => {
    const { failures } = filterer.select({ ...NO_FILTER, chosen });
    const found = filterer.counts(position, failures);
    return Object.fromEntries(filterer.facets[position]!.values.map((value, code) => [value, found[code]]));
  };
  expect(counts({ relation: ["direction_of"] })).toEqual(counts({}));
  expect(counts({ claimant: ["Ministry of Defence of Azerbaijan"] })).toMatchObject({
    from_direction_of: 2,
    within: 1,
    direction_of: 0,
  });
});

test("values of one facet widen, facets narrow each other", () => {
  expect(ids({ chosen: { relation: ["from_direction_of", "within"] } })).toHaveLength(3);
  expect(ids({ chosen: { relation: ["from_direction_of", "within"], side: ["AZ"] } })).toEqual(["R04-lachin"]);
  expect(ids({ chosen: { source: ["mil.am"] } })).toHaveLength(3);
});

test("counts are of distinct reports and places; deaths only from coded rows", () => {
  const decoded = scene();
  expect(
    count(
      decoded,
      Array.from({ length: 12 }, (_, row) => row),
    ),
  ).toEqual({
    rows: 12,
    reports: 8,
    places: 7,
    onMap: 11,
    deaths: { low: 1, high: 4, rows: 1 },
  });
  expect(count(decoded, [rowOf(decoded, "R01-jermuk")]).deaths).toBeNull();
});

test("a row that repeats another adds no deaths", () => {
  const document = golden();
  document.incidents.columns["duplicate_of"] = { type: "text", values: Array.from({ length: 12 }, () => "elsewhere") };
  expect(count(decode(document), [10]).deaths).toBeNull();
});
