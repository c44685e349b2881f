import { answersTo, claimsOf } from "../../geomap/web/src/claims";
import type { Claim } from "../../geomap/web/src/document";
import { minutesOf } from "../../geomap/web/src/time";
import { figure, tollDays, tollsOn } from "../../geomap/web/src/tolls";
import { golden } from "./golden";

const { claims } = golden();
const on = (month: number, day: number): [string, string][] =>
  tollsOn(claims, minutesOf(2022, month, day)).standing.map((claim) => [figure(claim), claim.category!]);

test.each<[number, number, [string, string][]]>([
  [9, 12, []],
  [
    9,
    13,
    [
      ["49", "killed"],
      ["50", "killed"],
    ],
  ],
  [
    9,
    16,
    [
      ["135", "killed"],
      ["71", "killed"],
    ],
  ],
  [
    9,
    30,
    [
      ["207", "killed_or_missing"],
      ["79", "killed"],
    ],
  ],
])("on %i/%i these tolls stand", (month, day, standing) => expect(on(month, day)).toEqual(standing));

test("undated tolls are listed as such on every day", () => {
  for (const day of [minutesOf(2022, 9, 1), null])
    expect(tollsOn(claims, day).undated.map((claim) => claim.claim_id)).toEqual(["T12"]);
});

test("a claim that has not begun replaces nothing", () => {
  const rows: Claim[] = [
    { claim_id: "a", scope: "episode", claimant: "x", stance: "asserts", category: "killed", as_of: "2022-09-13" },
    {
      claim_id: "b",
      scope: "episode",
      claimant: "y",
      stance: "asserts",
      category: "wounded",
      as_of: "2022-09-20",
      supersedes: "a",
    },
  ];
  expect(tollsOn(rows, minutesOf(2022, 9, 19)).standing.map((claim) => claim.claim_id)).toEqual(["a"]);
  expect(tollsOn(rows, minutesOf(2022, 9, 20)).standing.map((claim) => claim.claim_id)).toEqual(["b"]);
});

test.each<[Partial<Claim>, string]>([
  [{}, "number not stated"],
  [{ low: 0, high: 0 }, "0"],
  [{ low: 20 }, "at least 20"],
  [{ high: 5 }, "up to 5"],
  [{ low: 42, high: 50 }, "42–50"],
])("%j is said as %s", (claim, words) => expect(figure(claim)).toBe(words));

test("the days of tolls", () => expect(tollDays(claims)).toEqual([minutesOf(2022, 9, 13), minutesOf(2022, 9, 19)]));

test("a denied claim never stands without its denial, in order of publication", () => {
  expect(claimsOf(claims, { id: "R01-jermuk", report_id: "R01" }).map((claim) => claim.claim_id)).toEqual([
    "C01",
    "C02",
  ]);
  expect(answersTo(claims, "C01").map((claim) => claim.stance)).toEqual(["denies"]);
});

test("rows of one report without claims of their own show the report's, never a toll", () => {
  expect(claimsOf(claims, { id: "R01-sotk", report_id: "R01" }).map((claim) => claim.claim_id)).toEqual(["C01", "C02"]);
  expect(claimsOf(claims, { id: "elsewhere", report_id: "R99" })).toEqual([]);
});

test("the claims of several incidents keep the scene's order, each once", () => {
  const asked = [{ id: "R01-sotk", report_id: "R01" }, { id: "R01-jermuk", report_id: "R01" }];
  expect(claimsOf(claims, ...asked).map((claim) => claim.claim_id)).toEqual(["C01", "C02"]);
});
