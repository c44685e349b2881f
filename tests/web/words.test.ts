import { readdirSync, readFileSync } from "node:fs";
import {
  controlWords,
  distanceWords,
  kindWords,
  lineWords,
  otherSidesWords,
  seatWords,
  sharesWords,
  sovereigntyWords,
  validityWords,
  vintageWords,
} from "../../geomap/web/src/border-words";
import { degreesInWords } from "../../geomap/web/src/geo";
import { headlines, otherSpellings } from "../../geomap/web/src/names";
import { minutesOf } from "../../geomap/web/src/time";
import { positionWords, writtenAndResolved } from "../../geomap/web/src/words";
import { golden, rowOf, scene } from "./golden";

const { places } = golden();
const located = { border_km: 7.909, border_km_error: 1.9, side: "AM", border_vintage: "OSM 2026" };

test.each([
  [{}, "7.9 km from the line, on the Armenian side (OSM 2026)"],
  [{ side: "straddles", border_km: 0 }, "straddles the line (OSM 2026)"],
  [
    { side: "uncertain", border_km: 2.1, border_km_error: 5.22 },
    "2.1 km from the line, side uncertain: 2.1 km is within the error of 5.2 km (OSM 2026)",
  ],
  [
    { side: "uncertain", border_km_error: null },
    "7.9 km from the line, side uncertain: how far this may be off is not known (OSM 2026)",
  ],
  [
    { other_km_low: 6.81, other_km_high: 8.79, other_sources: "OSM 2018 | country-coder 2024" },
    "7.9 km from the line, on the Armenian side (OSM 2026; 6.8 to 8.8 km in other sources)",
  ],
  [
    { other_km_low: 0.02, other_km_high: 2.49, other_sources: "a | b" },
    "7.9 km from the line, on the Armenian side (OSM 2026; 0 to 2.5 km in other sources)",
  ],
  [
    { border_km: 0, side: "uncertain", other_km_low: 0, other_km_high: 0.01, other_sources: "a | b" },
    "reaches the line, so no side is stated (OSM 2026)",
  ],
  [
    { other_km_low: 8.01, other_km_high: 8.03, other_sources: "OSM 2018" },
    "7.9 km from the line, on the Armenian side (OSM 2026; 8.0 km in another source)",
  ],
  [{ side: "enclave(Karki)" }, "7.9 km from the line, in the enclave of Karki (OSM 2026)"],
  [{ side: "outside" }, "7.9 km from the line, in neither of the countries that it parts (OSM 2026)"],
  [
    { side: "no_line_for_date", border_km: null },
    "no line of that date is loaded, only lines of other dates",
  ],
  [{ side: "SY", border_km: 123.4 }, "123 km from the line, on the side of Syria (OSM 2026)"],
  [{ side: null, border_km: null }, null],
])("%j reads %s", (more, words) => expect(distanceWords({ ...located, ...more })).toBe(words));

test("sovereignty is said apart from the side", () => {
  expect(sovereigntyWords({ country: "AZ" })).toBe("recognised as Azerbaijan");
  expect(sovereigntyWords({ country: "AZ", held_by: "AM" })).toBe("recognised as Azerbaijan, held by Armenia");
  expect(sovereigntyWords({ country: "AZ", held_by: "recognised as Azerbaijan, held by Armenia" })).toBe(
    "recognised as Azerbaijan, held by Armenia",
  );
  expect(sovereigntyWords({ country: "AM", country_source: "OSM 2026", country_also: "AZ | GE" })).toBe(
    "recognised as Armenia (OSM 2026); the areas of Azerbaijan, Georgia reach this point too",
  );
});

test("other sources that give another side are named", () => {
  expect(otherSidesWords(null)).toBeNull();
  expect(otherSidesWords("AZ (OSM 2017) | enclave(Karki) (made 2020)")).toBe(
    "another side by other sources: on the Azerbaijani side (OSM 2017); in the enclave of Karki (made 2020)",
  );
});

test("control is said with its source, and only where there is one", () => {
  expect(controlWords(null, null)).toBeNull();
  expect(controlWords("AZ", "made layer 2021")).toBe("Azerbaijan (made layer 2021)");
});

test.each([
  ["AM 0.62 | AZ 0.38", "62 % on the Armenian side, 38 % on the Azerbaijani side"],
  ["AM 0.996 | AZ 0.004", "over 99 % on the Armenian side, under 1 % on the Azerbaijani side"],
  ["GE 1", "100 % on the Georgian side"],
  [null, null],
])("the shares %s read %s", (shares, words) => expect(sharesWords(shares)).toBe(words));

test.each([
  [{ border_status: "not_delimited" }, "not delimited at that date"],
  [
    { border_status: "control_line", border_valid: "2020-11-10/2022-08-26" },
    "control line, 10 Nov 2020 to 26 Aug 2022",
  ],
  [{ border_status: "delimited", border_valid: "2024-05-24/.." }, "delimited, from 24 May 2024"],
  [{ border_valid: "../2020-11-10" }, "until 10 Nov 2020"],
  [{ border_status: "delimited | claimed" }, "delimited and claimed"],
  [{ border_status: null, border_valid: null }, null],
])("the line met %j reads %s", (line, words) => expect(lineWords(line)).toBe(words));

test("a line of another year says so, but for one that states when it was in force", () => {
  const september2022 = minutesOf(2022, 9, 13);
  expect(vintageWords(located, september2022)).toBe("the line as drawn in 2026; none of 2022 is loaded");
  expect(vintageWords({ ...located, border_valid: "2020-11-10/.." }, september2022)).toBeNull();
  expect(vintageWords({ ...located, border_vintage: "OSM 2022" }, september2022)).toBeNull();
  expect(vintageWords({ ...located, border_vintage: "mine unknown" }, september2022)).toBeNull();
  expect(vintageWords(located, null)).toBeNull();
});

test("a schematic line says so", () => {
  expect(kindWords("control_line")).toBe("control line");
  expect(kindWords("control_line schematic")).toBe("control line; schematic, drawn roughly by hand");
  expect(kindWords("out_of_force")).toBe("not in force at the time shown");
});

test("a district shows its seat as a reference only", () => {
  const seat = places[4]!;
  expect(seatWords(seat, degreesInWords([seat.lon, seat.lat], 3))).toBe(
    "seat: Lachin town 39.637 N 46.550 E, 6.4 km from the line, on the Azerbaijani side (OSM 2026); a reference only",
  );
});

test("both communities' names head a card, sides in alphabetical order", () => {
  expect(headlines(places[3]!)).toEqual([
    { name: "Berdzor", community: "Armenian" },
    { name: "Lachin", community: "Azerbaijani" },
  ]);
  expect(headlines(places[0]!).map(({ name }) => name)).toEqual(["Jermuk", "Istisu"]);
  expect(otherSpellings(places[3]!)).toEqual(["Laçın", "Лачин"]);
});

test("a claimant's spelling is kept", () => {
  expect(writtenAndResolved("Istisu", places[0]!)).toBe("Istisu (= Jermuk)");
  expect(writtenAndResolved("JERMUK", places[0]!)).toBe("JERMUK");
  expect(writtenAndResolved("Krashen", null)).toBe("Krashen");
});

test("what is shown is a reference point, never the event", () => {
  const decoded = scene();
  const row = decoded.incidents.record(rowOf(decoded, "R01-sotk"));
  expect(positionWords(row, places[2]!)).toBe("named place: Sotk; location of the fire not reported");
});

test("vintage is not validity", () => {
  expect(validityWords({ valid_from: "1994-05-12", valid_to: "2020-11-10" })).toBe(
    "in force from 12 May 1994 to 10 Nov 2020",
  );
  expect(validityWords({ valid_from: null, valid_to: "2020-11-10" })).toBe("in force until 10 Nov 2020");
  expect(validityWords({ valid_from: "2024-05-24", valid_to: null })).toBe("in force from 24 May 2024, no end stated");
  expect(validityWords({ valid_from: null, valid_to: null })).toBe("no dates stated");
});

const SOURCES = new URL("../../geomap/web/src/", import.meta.url);
const BANNED =
  /\b(inside|aggression|provocation|liberated|occupied|enemy|martyr|terrorist|sabotage group|regime|so-called)\b/i;

test("no source of the page uses the words that a neutral map avoids, nor writes markup", () => {
  for (const name of readdirSync(SOURCES).filter((file) => file.endsWith(".ts"))) {
    const text = readFileSync(new URL(name, SOURCES), "utf8");
    expect(text.replace(/^\s*(\/\/|\*|\/\*).*$/gm, ""), name).not.toMatch(BANNED);
    expect(text, name).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|localStorage|\bfetch\(|XMLHttpRequest/,
    );
  }
});

test("the pure core knows neither Leaflet nor the document", () => {
  const pure = [
    "document",
    "table",
    "scene",
    "geo",
    "time",
    "histogram",
    "visible",
    "fold",
    "search",
    "facets",
    "filter",
    "counts",
    "marks",
    "cluster",
    "placement",
    "tolls",
    "claims",
    "style",
    "shapes",
    "border-words",
    "words",
    "names",
    "lines",
    "export",
    "link",
    "unpack",
  ];
  for (const name of pure) {
    const text = readFileSync(new URL(`${name}.ts`, SOURCES), "utf8");
    const imports = [...text.matchAll(/from "\.\/([\w-]+)"/g)].map((match) => match[1]!);
    expect(
      imports.filter((other) => !pure.includes(other)),
      name,
    ).toEqual([]);
    expect(text, name).not.toMatch(/from "leaflet"|\bwindow\.|\bdocument\.(create|get|query|body|active)/);
  }
});
