// Characters that a reader cannot see but that change what is read are shown as their code.

/** Bidirectional controls (Unicode 15, 9.11), zero-width characters, soft hyphen and other unseen controls. */
const UNSEEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;

const asCode = (character: string): string =>
  `⟦U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟧`;

/** Make unseen characters visible: "a\u202Eb" becomes "a⟦U+202E⟧b". Everything else stays as it is. */
export function visible(text: string): string {
  return text.replace(UNSEEN, asCode);
}
