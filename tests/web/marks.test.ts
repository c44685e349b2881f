import { cluster, strips } from "../../geomap/web/src/cluster";
import { formOf, marks, type Form } from "../../geomap/web/src/marks";
import { scene } from "./golden";

const all = (): ReturnType<typeof marks> =>
  marks(
    scene(),
    Array.from({ length: 12 }, (_, row) => row),
  );

test.each<[string | null, string | null, Form | null]>([
  ["exact", "at", "exact"],
  ["settlement", "at", "settlement"],
  ["near", "near", "near"],
  ["settlement", "near", "near"],
  ["near", "direction_of", "target"],
  ["near", "from_direction_of", "origin"],
  ["area", "direction_of", "area"],
  ["region", "at", "area"],
  ["near", "along", null],
  ["area", "between", null],
])("%s, %s is drawn as %s", (precision, relation, form) => expect(formOf(precision, relation)).toBe(form));

test("one mark a place and form: target and origin of one place never merge", () => {
  const jermuk = all().filter((mark) => mark.place === 0);
  expect(jermuk.map((mark) => [mark.form, mark.rows.length])).toEqual([
    ["target", 1],
    ["origin", 1],
    ["near", 1],
  ]);
});

test("a stretch has no mark, an area one without coordinates of its own", () => {
  expect(all().map((mark) => mark.form)).not.toContain(null);
  expect(all().flatMap((mark) => mark.rows)).not.toContain(8);
  expect(all().find((mark) => mark.form === "area")).toMatchObject({ place: 3, radiusKm: 23.8 });
});

test("a direction has no radius, near has the row's", () => {
  expect(all().find((mark) => mark.form === "target")!.radiusKm).toBeNull();
  expect(all().find((mark) => mark.form === "near")).toMatchObject({ radiusKm: 5, radiusKind: "convention" });
});

test("clusters keep every row and hang on the world, not on the view", () => {
  const items = Array.from({ length: 500 }, (_, i) => ({ x: (i * 37) % 400, y: (i * 91) % 300, weight: (i % 5) + 1 }));
  const found = cluster(items, 56);
  expect(found.reduce((sum, { weight }) => sum + weight, 0)).toBe(items.reduce((sum, { weight }) => sum + weight, 0));
  expect(found.flatMap(({ members }) => members)).toHaveLength(500);
  expect(
    found.every(({ x, y, members }) => members.every((m) => Math.abs(m.x - x) < 56 && Math.abs(m.y - y) < 56)),
  ).toBe(true);
});

test("marks on one spot stand side by side, none is moved at random", () => {
  expect(
    strips([
      { x: 1, y: 1 },
      { x: 1.2, y: 0.9 },
      { x: 9, y: 9 },
    ]).map(({ members }) => members.length),
  ).toEqual([2, 1]);
});
