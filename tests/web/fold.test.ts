import { fold } from "../../geomap/web/src/fold";
import { visible } from "../../geomap/web/src/visible";

test.each([
  ["Laçın", "lacin"],
  ["Лачин", "lachin"],
  ["Սոթք", "sotk"],
  ["თბილისი", "tbilisi"],
  ["Kərki", "karki"],
  ["  Verin-Shorzha ", "verin shorzha"],
  ["Ջերմուկ", "jermuk"],
  ["", ""],
])("%s folds to %s", (text, folded) => {
  expect(fold(text)).toBe(folded);
  expect(fold(fold(text))).toBe(folded);
});

test("unseen characters become visible, all others stay", () => {
  expect(visible("a\u202Eb\u200Bc\u2066d\u00ADe")).toBe("a⟦U+202E⟧b⟦U+200B⟧c⟦U+2066⟧d⟦U+00AD⟧e");
  for (const text of ["Laçın, Սոթք\tok\n", "<img src=x>", "שלום", "🙂", "é"]) expect(visible(text)).toBe(text);
});
