import { readdirSync, readFileSync } from "node:fs";
import { distanceWords, seatWords, sovereigntyWords, validityWords } from "../../geomap/web/src/border-words";
import { degreesInWords } from "../../geomap/web/src/geo";
import { headlines, otherSpellings } from "../../geomap/web/src/names";
import { positionWords, writtenAndResolved } from "../../geomap/web/src/words";
import { golden, rowOf, scene } from "./golden";

const { places } = golden();
const located = { border_km: 7.909, border_km_error: 1.9, side: "AM", border_vintage: "OSM 2026" };

test.each([
  [{}, "7.9 km from the line, on the Armenian side (OSM 2026)"],
  [{ side: "straddles", border_km: 0 }, "straddles the line (OSM 2026)"],
  [{ side: "uncertain" }, "7.9 km from the line, side uncertain: the error is larger than the distance (OSM 2026)"],
  [{ side: "enclave(Karki)" }, "7.9 km from the line, in the enclave of Karki (OSM 2026)"],
  [{ side: "outside" }, "7.9 km from the line, in neither of the countries that it parts (OSM 2026)"],
  [{ side: "no_line_for_date", border_km: null }, "no line is loaded for this date"],
  [{ side: "SY", border_km: 123.4 }, "123 km from the line, on the side of Syria (OSM 2026)"],
  [{ side: null, border_km: null }, null],
])("%j reads %s", (more, words) => expect(distanceWords({ ...located, ...more })).toBe(words));

test("sovereignty is said apart from the side", () => {
  expect(sovereigntyWords("AZ", null)).toBe("recognised as Azerbaijan");
  expect(sovereigntyWords("AZ", "AM")).toBe("recognised as Azerbaijan, held by Armenia");
  expect(sovereigntyWords("AZ", "recognised as Azerbaijan, held by Armenia")).toBe(
    "recognised as Azerbaijan, held by Armenia",
  );
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
