import {
  decodeLines,
  degreesInWords,
  distanceToLines,
  isWithin,
  mercator,
  withoutCuts,
  worldKm,
} from "../../geomap/web/src/geo";
import { golden } from "./golden";

test("delta-coded lines come back", () => {
  const [line] = decodeLines(golden().borders[0]!.geo);
  expect(line!.slice(0, 2)).toEqual([
    [45, 40.95],
    [45.4, 40.6],
  ]);
  expect(line!.at(-1)).toEqual([46.54, 38.87]);
});

test("even-odd over rings: a hole is not within", () => {
  const square = (from: number, to: number): [number, number][] => [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
  ];
  const ring = [square(0, 10), square(4, 6)];
  expect([isWithin([1, 1], ring), isWithin([5, 5], ring), isWithin([11, 5], ring)]).toEqual([true, false, false]);
});

test("Mercator spans 0 to 1 and keeps the poles finite", () => {
  expect(mercator([0, 0])).toEqual([0.5, 0.5]);
  expect(mercator([-180, 85.0511])[0]).toBe(0);
  expect(mercator([0, 90])[1]).toBeCloseTo(0, 4);
  expect(worldKm(60)).toBeCloseTo(worldKm(0) / 2, 5);
});

test("distance to the nearest segment", () => {
  expect(
    distanceToLines(
      [5, 3],
      [
        [
          [0, 0],
          [10, 0],
        ],
        [
          [0, 9],
          [10, 9],
        ],
      ],
    ),
  ).toBe(3);
  expect(
    distanceToLines(
      [-3, 4],
      [
        [
          [0, 0],
          [10, 0],
        ],
      ],
    ),
  ).toBe(5);
});

test("degrees are said latitude first", () => {
  expect(degreesInWords([46.54977, 39.63742], 3)).toBe("39.637 N 46.550 E");
  expect(degreesInWords([-70.5, -33.4], 2)).toBe("33.40 S 70.50 W");
});

test("a coast is a ring without the edges along which it was cut out", () => {
  const ring: [number, number][] = [
    [0, 0],
    [4, 0],
    [4, 2],
    [2, 3],
    [0, 2],
    [0, 0],
  ];
  expect(withoutCuts([ring], [0, 0, 4, 9])).toEqual([
    [
      [4, 2],
      [2, 3],
      [0, 2],
    ],
  ]);
  expect(withoutCuts([ring], [-1, -1, 9, 9])).toEqual([ring]);
});
