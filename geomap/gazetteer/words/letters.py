"""What each letter of a name is in loose Latin: one table over all scripts, for names.romanise.

Letters follow the BGN/PCGN romanisations of Armenian (1981), Georgian (2009), Russian (1947), Ukrainian (1965) and
Azerbaijani (1993); Latin letters with marks stand for the sounds that ISO 9:1995 (Cyrillic), ISO 9985:1996 and
Hübschmann-Meillet (Armenian) and the Turkish and Azerbaijani alphabets give them. Arabic letters are evened out, not
romanised, because the script leaves vowels out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final


def _letters(script: str, latin: str) -> dict[str, str]:
    """Pair letters with what they are read as; "-" stands for nothing."""
    return {letter: sound.replace("-", "") for letter, sound in zip(script, latin.split(), strict=True)}


_ARMENIAN = _letters(
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "a b g d e z e y t zh i l x ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f",
)
_GEORGIAN = _letters(
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶ",
    "a b g d e v z t i k l m n o p zh r s t u p k gh k sh ch ts dz ts ch x j h e y v x o f",
)
_CYRILLIC = _letters(
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўәҹғһөүұҝҷқңҳӣӯџђћљњјќѓѕҡҙҫ",
    "a b v g d e zh z i y k l m n o p r s t u f x ts ch sh shch - y - e yu ya e i yi ye g u a j gh h o u u g j k n h i "
    "u j j ch l n y k g dz k z s",
)
_MARKED_LATIN = _letters(
    "əǝğçşșščžżxĝǧġǥłǰćśźħḫẖḥḩƣ",
    "a a gh ch sh sh sh ch zh zh x j gh gh g gh j ch sh zh h x x h x gh",
)
_PLAIN_LATIN = _letters("ıøđðłħəǝǥ", "i o d d l h e e g")
"""Latin letters that Unicode does not decompose, as they are typed without marks; ə is typed e in Turkish Latin."""
_ARABIC = _letters(
    "يىېێئكڪګةۀەھہۃۂأإٱآؤۆۇۈۋڕڵڤءع",
    "ی ی ی ی ی ک ک ک ه ه ه ه ه ه ه ا ا ا ا و و و و و ر ل ف - ع",
)
_APOSTROPHES = "'’‘‚‛ʼʻʹʺʾʿˈ`´′″՚՛՜՝՞ˮ־ـ"
"""No part of a name: signs of aspiration and palatalisation, Armenian accents, maqaf and tatweel."""
IGNORABLE: Final = frozenset(
    [0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x2010),
     *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x3164, *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0,
     *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000)]
)  # fmt: skip
"""Characters that are not seen: Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties, but for music's."""
_MARKS: Final = frozenset(
    [*range(0x300, 0x370), *range(0x591, 0x5C8), *range(0x610, 0x61B), *range(0x64B, 0x660), 0x670,
     *range(0x6D6, 0x6EE), *range(0x1AB0, 0x1B00), *range(0x1DC0, 0x1E00), *range(0x20D0, 0x2100),
     *range(0xFE20, 0xFE30), *IGNORABLE]
)  # fmt: skip
"""Accents, points of Hebrew and Arabic, and what is not seen; signs of Indic scripts and kana are letters and stay."""

_SOUNDS: Final = (
    _CYRILLIC | _GEORGIAN | _ARMENIAN | _ARABIC | {"ı": "i", "ø": "o", "đ": "d"} | dict.fromkeys(_APOSTROPHES, "")
)


class Letters(dict[int, str]):
    """A table for str.translate: any character -> its loose Latin, looked up once and remembered.

    Punctuation, symbols and blanks give a blank; accents and characters that are not seen give nothing. A line feed
    stays, so that many names are changed as the lines of one text.
    """

    def __init__(self, sounds: Mapping[str, str]) -> None:
        super().__init__({10: "\n"})
        self._sounds = sounds

    def __missing__(self, code: int) -> str:
        """Work out one character and keep it."""
        found = self[code] = self._latin(chr(code))
        return found

    def _latin(self, character: str) -> str:
        for written in (character, character.casefold()):
            if written in self._sounds:
                return self._sounds[written]
        parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
        return unicodedata.normalize("NFC", "".join(map(self._part, parts)))

    def _part(self, part: str) -> str:
        if part in self._sounds:
            return self._sounds[part]
        return "" if ord(part) in _MARKS else _other(part)


def _other(part: str) -> str:
    """Return a digit as 0 to 9, a letter as it is, "" for what is not seen, and a blank for everything else."""
    category = unicodedata.category(part)
    if category == "Nd":
        return str(unicodedata.digit(part))
    if category[0] in "LMN":
        return part
    return "" if category[0] == "C" and not part.isspace() else " "


SOUNDS: Final = Letters(_SOUNDS | _MARKED_LATIN)
"""Letters with marks by their sound: ş is sh, ə is a."""
TYPED: Final = Letters(_SOUNDS | _PLAIN_LATIN)
"""Letters with marks as they are typed without them: ş is s, ə is e."""
OWN: Final = Letters(_ARABIC | dict.fromkeys(_APOSTROPHES, "") | {"ı": "i", "ə": "a", "ǝ": "a"})
"""Letters in their own script, without case and marks."""
MARKED: Final = "".join(sorted({*_MARKED_LATIN, *map(str.upper, _MARKED_LATIN)} - {"x", "X"}))
"""The letters that SOUNDS and TYPED read differently."""
CONSONANTS: Final = str.maketrans(
    _letters("بپتثجچحخدذرزژسشصضطظغفقکگلمنه", "b b t s j C x x d z r z j s S s z t z k f k k k l m n x")
    | _letters("bcdfgjklmnpqrstvwxyzaeiou", "b c d f k j k l m n b k r s t - - x - z - - - - -")
    | dict.fromkeys("ویا", "")
)
"""What is left of a key's letters where vowels are not written: b is also p, k also g and q, x any h; v and y go."""
UNSEEN: Final = dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x1C), 0x1F, *range(0x7F, 0x85), *range(0x86, 0xA0), *IGNORABLE]
)
"""Control characters and those that are not seen: no part of a name."""
