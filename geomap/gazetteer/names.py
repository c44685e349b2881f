"""Fold names so that the spellings of one name meet: pure strings, no places.

There are two kinds of key. `fold` keeps the script and forgets case, marks, apostrophes and hyphens. `romanise` goes on
to Latin letters and evens out rival spellings (dzh, dj and j; tz and ts; x and kh; y and i; doubled letters). Letters
follow the BGN/PCGN romanisations of Armenian (1981), Georgian (2009), Russian (1947) and Azerbaijani (1993), loosened.
Arabic script is folded but not romanised, because it leaves the vowels out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final


def _letters(script: str, latin: str) -> dict[str, str]:
    return dict(zip(script, latin.split(), strict=True))


_ARMENIAN = _letters(
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f",
)
_GEORGIAN = _letters(
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h",
)
_CYRILLIC = _letters(
    "абвгдежзиклмнопрстуфхцчшщыэюяіїєґәҹғһөүҝҷқџ",
    "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch y e yu ya i yi ye g a j gh h o u g j k j",
)
_LATIN = {
    "ə": "a", "ǝ": "a", "ı": "i", "ğ": "gh", "ç": "ch", "ş": "sh", "ș": "sh", "š": "sh", "č": "ch", "ž": "zh",
    "x": "kh", "ĝ": "j",
}  # fmt: skip
_UNSEEN = dict.fromkeys([
    *range(0x09), *range(0x0E, 0x1C), 0x1F, *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, *range(0x200B, 0x2010),
    *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF,
])  # fmt: skip
"""Control, zero-width and bidirectional characters: no part of a name."""

_ROMAN = _UNSEEN | str.maketrans(
    _LATIN | _CYRILLIC | _GEORGIAN | _ARMENIAN | {"ъ": "", "ь": "", "ё": "e", "й": "y", "q": "k"}
)
_AZERBAIJANI = _ROMAN | str.maketrans({"c": "j", "q": "g"})
"""In Azerbaijani spelling c is j and q is g (Cəbrayıl, Qazax); elsewhere q stands for Armenian ք (Sotq)."""
_TWO_READINGS = re.compile("[cqCQ]")

_SAME_LETTER = {
    "ı": "i", "ə": "a", "ǝ": "a",
    "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "ٱ": "ا", "ـ": None,
}  # fmt: skip
_BREAKS = dict.fromkeys('\t -‐‑‒–—―−.,;:()[]{}/\\|"“”„«»!?¿¡&+*_~#@%…·•', " ")
_APOSTROPHES = dict.fromkeys("'’‘‚‛ʼʻʹʾʿˈ`´′՚՛", None)
_FOLD = _UNSEEN | str.maketrans(_SAME_LETTER | _BREAKS | _APOSTROPHES)
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed]")
_BLANKS = re.compile(" {2,}")
_LINE_BREAKS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_U_DIGRAPH = "ու"
_INITIAL_VO = re.compile(r"\bո(?!ւ)")
_RIVALS = re.compile(r"dzh|dj|tch|tz|ou|ow|w|\bye|y")
_RIVAL_OF = {"dzh": "j", "dj": "j", "tch": "ch", "tz": "ts", "ou": "u", "ow": "u", "w": "v", "ye": "e", "y": "i"}
_DOUBLED = re.compile(r"(\w)\1+")


def tidy(text: str) -> str:
    """Return a name as written but for case, unseen characters and runs of blanks; what "exact" compares."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_UNSEEN)).casefold().split())


def fold(text: str) -> str:
    """Return the key of a name in its own script, without case, marks, apostrophes and hyphens.

    Folding twice changes nothing; a name of marks and blanks alone gives "".
    """
    return _lines(_fold, [text])[0]


def romanise(text: str, *, azerbaijani: bool = False) -> str:
    """Return the loose Latin key of a name; with `azerbaijani`, c is read as j and q as g.

    >>> romanise("Ջերմուկ") == romanise("Djermuk") == romanise("Джермук")
    True
    """
    return _lines(_romanise_azerbaijani if azerbaijani else _romanise, [text])[0]


def romanise_all(texts: Sequence[str]) -> list[str]:
    """Return `romanise` of many names in order."""
    return _lines(_romanise, texts)


def keys(text: str) -> tuple[str, ...]:
    """Return every key under which a name is filed and looked up, the most faithful first; () for an empty name."""
    return keys_of_all([text])[0]


def keys_of_all(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Return `keys` of many names in order, an order of magnitude faster than one by one."""
    twofold = [text for text in texts if _TWO_READINGS.search(text)]
    second = dict(zip(twofold, _lines(_romanise_azerbaijani, twofold), strict=True))
    found = zip(_lines(_fold, texts), _lines(_romanise, texts), (second.get(text) for text in texts), strict=True)
    return [tuple(dict.fromkeys(filter(None, each))) for each in found]


def script(text: str) -> str:
    """Return the ISO 15924 code of a name's letters: "Latn", "Armn" ..., "Zyyy" for none, a mixture or another one."""
    words = (unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())
    found = {_SCRIPTS.get(word, "Zyyy") for word in words}
    found.discard("Zinh")
    return found.pop() if len(found) == 1 else "Zyyy"


_SCRIPTS: Final = {
    "LATIN": "Latn", "ARMENIAN": "Armn", "CYRILLIC": "Cyrl", "GEORGIAN": "Geor", "ARABIC": "Arab", "GREEK": "Grek",
    "HEBREW": "Hebr", "DEVANAGARI": "Deva", "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr", "TAMIL": "Taml",
    "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh", "THAI": "Thai", "ETHIOPIC": "Ethi",
    "CJK": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana", "HANGUL": "Hang", "MODIFIER": "Zinh",
}  # fmt: skip


def _lines(change: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """Change many names in one pass over their lines; a name's own line breaks are blanks."""
    if not texts:
        return []
    block = "\n".join(_LINE_BREAKS.sub(" ", text) for text in texts)
    return [line.strip() for line in change(block).split("\n")]


def _fold(block: str) -> str:
    if not block.isascii():
        block = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", block).casefold())
        block = unicodedata.normalize("NFC", _MARKS.sub("", block))
    return _BLANKS.sub(" ", block.casefold().translate(_FOLD))


def _romanise(block: str) -> str:
    return _latin(block, _ROMAN)


def _romanise_azerbaijani(block: str) -> str:
    return _latin(block, _AZERBAIJANI)


def _latin(block: str, letters: dict[int, str | int | None]) -> str:
    text = unicodedata.normalize("NFC", block.casefold())
    text = _fold(_INITIAL_VO.sub("vo", text).replace(_U_DIGRAPH, "u").translate(letters))
    return _DOUBLED.sub(r"\1", _RIVALS.sub(lambda hit: _RIVAL_OF[hit[0]], text))
