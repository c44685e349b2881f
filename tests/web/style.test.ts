import { readFileSync } from "node:fs";
import { golden } from "./golden";
import { DARK, LIGHT, contrast, inkOn, lineKind, lineStyle, type Theme } from "../../geomap/web/src/style";

const INKS = ["ink", "mutedInk", "accent", "border"] as const;

test.each<[string, Theme]>([
  ["light", LIGHT],
  ["dark", DARK],
])("text of the %s map reads at 4.5:1", (_, theme) => {
  for (const ink of INKS) expect(contrast(theme[ink], theme.land), ink).toBeGreaterThanOrEqual(4.5);
  expect(contrast(theme.waterInk, theme.water)).toBeGreaterThanOrEqual(4.5);
});

test.each(["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442", "#5b5b5b"])(
  "a number reads on %s",
  (colour) => {
    expect(contrast(colour, inkOn(colour))).toBeGreaterThanOrEqual(4.5);
  },
);

const css = readFileSync(new URL("../../geomap/web/src/css/base.css", import.meta.url), "utf8");
const tokens = (block: string) =>
  Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((match) => [match[1], match[2]!]));
const [light, dark] = css.split("@media (prefers-color-scheme: dark)").map(tokens) as [
  Record<string, string>,
  Record<string, string>,
];

test.each([
  ["light", light],
  ["dark", dark],
])("text of the %s page reads at 4.5:1 on every ground", (_, token) => {
  for (const ink of ["ink", "muted", "accent", "warn"]) {
    for (const ground of ["paper", "paper-2"])
      expect(contrast(token[ink]!, token[ground]!), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  }
  expect(contrast(token["ink"]!, token["accent-soft"]!)).toBeGreaterThanOrEqual(4.5);
});

test("a line's status shows in its pattern: solid, dashed, dotted", () => {
  expect(lineStyle("delimited").dash).toBeNull();
  expect(lineStyle("not_delimited").dash).toBe(lineStyle("disputed").dash);
  expect(lineStyle("control_line").dash).toMatch(/^1 /);
  expect(lineStyle("something new")).toEqual(lineStyle("unstated"));
});

const border = golden().borders[0]!;

test("a line out of force or schematic never looks like one in force, and no two statuses look alike", () => {
  const statuses = ["delimited", "not_delimited", "control_line", "claimed", "historical"];
  const looks = statuses.flatMap((status) =>
    [false, true].map((schematic) => lineKind({ ...border, status, ...(schematic && { schematic }) }, true)),
  );
  const out = lineKind({ ...border, status: "control_line" }, false);
  expect(new Set([...looks, out].map((kind) => JSON.stringify(lineStyle(kind)))).size).toBe(looks.length + 1);
  expect(lineStyle(out).isMuted).toBe(true);
});
