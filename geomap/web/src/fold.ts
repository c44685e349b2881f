// Fold text so that spellings in different scripts, cases and marks meet. For the search box only; names are matched
// to places before the page is made.

const letters = (script: string, latin: string): [string, string][] => {
  const answers = latin.split(" ");
  return [...script].map((letter, index) => [letter, answers[index]!]);
};

// BGN/PCGN romanisations (Armenian 1981, Georgian 2009, Russian 1947, Azerbaijani 1993), without their marks.
const LATIN = new Map<string, string>([
  ...letters(
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
    "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev",
  ),
  ...letters(
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h",
  ),
  ...letters(
    "абвгдежзийклмнопрстуфхцчшщыэюяіїєґәҹғһөүҝҷқџ",
    "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya i yi ye g a j gh h o u g j k j",
  ),
  ...letters("əıøłđßæœ", "a i o l d ss ae oe"),
  ["ъ", ""],
  ["ь", ""],
  ["'", ""],
  ["’", ""],
  ["‘", ""],
  ["ʼ", ""],
  ["ʻ", ""],
  ["`", ""],
]);

const MARKS = /\p{M}+/gu;
const BREAKS = /[^\p{L}\p{N}]+/gu;

const ASCII = /^[\x00-\x7f]*$/;
const ASCII_BREAKS = /[^a-z0-9]+/g;

const foldLetter = (letter: string): string => LATIN.get(letter) ?? letter;

/** Fold to lower-case Latin letters, digits and single blanks. */
export function fold(text: string): string {
  if (ASCII.test(text))
    return text.toLowerCase().replaceAll("'", "").replaceAll("`", "").replace(ASCII_BREAKS, " ").trim();
  const plain = text.toLowerCase().normalize("NFKD").replace(MARKS, "").normalize("NFC").replaceAll("ու", "u");
  return [...plain].map(foldLetter).join("").replace(BREAKS, " ").trim();
}
