import { place, type Rect, type Wanted } from "../../geomap/web/src/placement";

const label = (x: number, y: number, more: Partial<Wanted> = {}): Wanted => ({
  x,
  y,
  width: 60,
  height: 15,
  clear: { x: 6, y: 6 },
  ...more,
});
const meet = (a: Rect, b: Rect): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

test("no two placed labels meet, and the first comes first", () => {
  const wanted = Array.from({ length: 200 }, (_, i) => label((i * 53) % 500, (i * 29) % 300));
  const placed = place(wanted, []).filter((rect) => rect !== null);
  expect(placed.length).toBeGreaterThan(20);
  placed.forEach((a, i) => placed.slice(i + 1).forEach((b) => expect(meet(a, b)).toBe(false)));
  expect(place(wanted, [])[0]).not.toBeNull();
});

test("a label keeps clear of marks, unless it must be drawn", () => {
  const everywhere = { left: -500, top: -500, right: 500, bottom: 500 };
  expect(place([label(0, 0)], [everywhere])).toEqual([null]);
  expect(place([label(0, 0, { must: true })], [everywhere])[0]).not.toBeNull();
});

test("a label beside a mark goes to the other side when one is taken", () => {
  const [rect] = place([label(0, 0)], [{ left: 8, top: -50, right: 80, bottom: 50 }]);
  expect(rect!.right).toBeLessThan(0);
});

test("a centred label has one spot only", () => {
  const taken = { left: -5, top: -5, right: 5, bottom: 5 };
  expect(place([label(0, 0, { clear: null })], [taken])).toEqual([null]);
});
