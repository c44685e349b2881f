"""Fold names so that the spellings of one name meet: pure strings, no places.

All keys are loose Latin (`romanise`): rival spellings are evened out (dzh, dj, dz, zh and j; tz and ts; gh and g; kh, x
and h; y and i; doubled letters). A name is filed under few keys (`filed_keys`), a query is looked up under several
(`query_keys`), and under the rarer habits of spelling (`rival_keys`) only where nobody bears any of these. Arabic
script leaves vowels out: its letters are evened out and kept, and only `skeleton` compares it with other scripts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import compress
from typing import Final

from geomap.gazetteer.words.letters import CONSONANTS, MARKED, OWN, SOUNDS, TYPED, UNSEEN, Letters

_TWO_READINGS = re.compile("[cC](?![hH])|[qQ]")
_TURKIC = re.compile("[cCqQəƏ]")
_MARKED = re.compile(f"[{MARKED}]")
_UNHEARD = re.compile("[ղՂհՀ]")
_LOST_H = re.compile("(?<![աԱ])[հՀ]|[հՀ](?![աԱ])")
_UNSOUNDED = re.compile("(?<![kgcsz])(?:(?<!a)h|h(?!a))", re.IGNORECASE)
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_ODD = re.compile(f"[{MARKED}ղՂհՀ\u0620-\u064a\u066e-\u06d3]")
_GEORGIAN = re.compile("[\u10d0-\u10fa\u1c90-\u1cba]")
_EVENED = (
    ("tz", "ts"), ("tsch", "ch"), ("dsch", "j"), ("tch", "ch"), ("sch", "sh"), ("dzh", "j"), ("zh", "j"), ("dz", "j"),
    ("dj", "j"), ("gh", "g"), ("kh", "x"), ("sh", "\1"), ("ch", "\2"), ("h", "x"), ("\1", "sh"), ("\2", "ch"),
    ("ou", "u"), ("ow", "u"), ("w", "v"), ("ye", "e"), ("y", "i"),
)  # fmt: skip
"""Rival spellings of one sound, in order: what comes later sees what came before, and nothing makes an earlier one."""
_DOUBLED = re.compile(r"([a-z])\1+")
_NO_BONE, _LAST_H, _SAME = re.compile("[^a-zCS]"), re.compile(r"x\b"), re.compile(r"(.)\1+")
_MARK = re.compile("[\u0300-\u036f]")
_DECOMPOSED = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]+")
_BLANKS = re.compile(" {2,}")
_ARTICLE = re.compile(r"\b(?:ال)+(?=\w{3})")
_INITIAL_VO = re.compile(r"\b[ոՈ]")


NOMINATIVE = "ი"
"""The ending that Georgian gives to names in consonants, foreign ones too."""
SKELETON = "="
"""What a key of consonants alone begins with."""


def tidy(text: str) -> str:
    """Return a name as written but for case, unseen characters and runs of blanks; what "exact" compares."""
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().split())
    seen = unicodedata.normalize("NFC", text.translate(UNSEEN)).casefold()
    return " ".join(unicodedata.normalize("NFC", seen).split())


def fold(text: str) -> str:
    """Return a name in its own script, without case, marks, apostrophes and hyphens; "" for a name without letters."""
    return _lines(lambda block: _translated(block, OWN), [text])[0]


def romanise(text: str, *, azerbaijani: bool = False) -> str:
    """Return the loose Latin key of a name, "" for one without letters; with `azerbaijani`, c is j and q is g.

    Romanising twice changes nothing, and the time is linear in the name's length.

    >>> romanise("Ջերմուկ") == romanise("Djermuk") == romanise("Джермук") == "jermuk"
    True
    """
    return _lines(_azerbaijani if azerbaijani else _plain, [text])[0]


def romanise_all(texts: Sequence[str]) -> list[str]:
    """Return `romanise` of many names in order, an order of magnitude faster than one by one."""
    return _by_kind(_plain, texts)


def filed_keys(text: str, *, azerbaijani: bool = False) -> tuple[str, ...]:
    """Return the keys that a name is filed under, the most faithful first; () for a name without letters.

    They are its loose Latin; the same with its marked letters as typed without marks (Şuşa: "shusha", "susa"); of an
    Armenian name also as Russian spells it (Տեղ: "teg", "tex"; initial h lost); of one in Arabic script its `skeleton`,
    which starts with "=". With `azerbaijani` (c is j, q is g) also that reading, with ə as a, as e, and as e after k
    and g alone (Kəlbəcər: Kalbajar, Kelbejer, Kelbajar).
    """
    return filed_keys_of_all([text], azerbaijani)[0]


def filed_keys_of_all(texts: Sequence[str], azerbaijani: Sequence[bool] | bool = False) -> list[tuple[str, ...]]:  # noqa: FBT001, FBT002
    """Return `filed_keys` of many names in order; `azerbaijani` tells it for each name or for all."""
    first, more = romanise_all(texts), dict[int, list[str]]()
    foreign = [number for number, text in enumerate(texts) if not text.isascii() and _ODD.search(text)]
    _add(more, _typed, texts, (number for number in foreign if _MARKED.search(texts[number])))
    _add(more, _as_russian, texts, (number for number in foreign if _UNHEARD.search(texts[number])))
    for number in foreign:
        if _ARABIC.search(texts[number]) and (bones := _bones(first[number])):
            more.setdefault(number, []).append(bones)
    read_so = [azerbaijani] * len(texts) if isinstance(azerbaijani, bool) else azerbaijani
    turkic = [number for number, so in enumerate(read_so) if so and _TURKIC.search(texts[number])]
    for reading in (_azerbaijani, _azerbaijani_e, _azerbaijani_soft):
        _add(more, reading, texts, turkic)
    return _collected(first, more)


def query_keys(text: str) -> tuple[str, ...]:
    """Return the keys that a query is looked up under, the most faithful first; () for one without letters.

    They are its loose Latin, the Azerbaijani and Turkish reading (c is j, q is g), what its marked letters are typed
    as, and the stem of a Georgian nominative (ჯერმუკი: Jermuk); most queries have one key.
    """
    return query_keys_of_all([text])[0]


def query_keys_of_all(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Return `query_keys` of many queries in order."""
    more: dict[int, list[str]] = {}
    twofold = [number for number, text in enumerate(texts) if _TURKIC.search(text)]
    _add(more, _azerbaijani, texts, (number for number in twofold if _TWO_READINGS.search(texts[number])))
    marked = (number for number, text in enumerate(texts) if not text.isascii() and _MARKED.search(text))
    _add(more, _typed, texts, marked)
    _add(more, _georgian_stem, texts, (number for number, text in enumerate(texts) if text[-1:] == NOMINATIVE))
    return _collected(romanise_all(texts), more)


_RIVALS: Final = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"c(?!h)", "ts"),  # Hübschmann-Meillet without marks: Vayoc Jor
        (r"x", "g"),  # Armenian ղ as Russian spells it, Ukrainian г: Tex, Luhansk
        (r"g", "x"),
        (r"\b(?=[aeior])", "x"),  # initial h, which Russian leaves out of Armenian names: Airavank
        (r"tsx", "tsk"),  # Georgian წყ as Russian spells it: Цхалтубо
        (r"rd", "rt"),  # voiced and voiceless after r, one sound in Armenian: Martakert, Mardakert
        (r"rt(?=\w)", "rd"),
        (r"ij\b", "i"),  # ISO 9 j: -skij
        (r"j", "i"),  # the same: Sjunik
        (r"i(?=[aeou])", ""),  # soft consonants: Gyumri, Gumri; Кяльбаджар
        (r"(?<=[aou])e", ""),  # German ae, oe, ue
    )
)


def rival_keys(text: str) -> tuple[str, ...]:
    """Return further keys for a query whose `query_keys` nobody bears, the most plausible first; at most 16.

    Each follows one rarer habit of spelling, named in the table above. They are weaker evidence than any of
    `query_keys`: an answer found by one should say so.
    """
    first = query_keys(text)
    if not first:
        return ()
    softer = [_lines(change, [text])[0] for letters, change in _SOFTER if letters.search(text)]
    nominative = [re.sub(r"(?<=[^aeiou ])i\b", "", first[0])] if _GEORGIAN.search(text) else []
    rewritten = [pattern.sub(other, first[0]) for pattern, other in _RIVALS]
    found = (_DOUBLED.sub(r"\1", key) for key in (*nominative, *softer, *rewritten))
    return tuple(key for key in dict.fromkeys(found) if key and key not in first)


def skeleton(text: str, *, azerbaijani: bool = False) -> str | None:
    """Return the consonants of a name behind "=", or None where fewer than three are left.

    Names in Arabic script and in others meet under it (جرموک and Jermuk: "=jrmk"), and so do many that differ: it is
    for finding candidates where nothing else is found, as loose evidence like that of a typing error, and never
    places a name in silence. Letters that one script does not tell apart are one: b and p, k, g and q, every h.
    """
    return _bones(romanise(text, azerbaijani=azerbaijani))


def _bones(key: str) -> str | None:
    key = key.replace("ch", "C").replace("sh", "S").replace("تش", "چ")
    bones = _NO_BONE.sub("", _LAST_H.sub("", key.translate(CONSONANTS)))
    bones = _SAME.sub(r"\1", bones.replace("dz", "j").replace("dj", "j"))
    return f"{SKELETON}{bones}" if len(bones) >= 3 else None


def script(text: str) -> str:
    """Return the ISO 15924 code of a name's letters: "Latn", "Armn" ..., "Zyyy" for none, a mixture or another one."""
    found = set(filter(None, map(_script, text)))
    return found.pop() if len(found) == 1 else "Zyyy"


@cache
def _script(character: str) -> str | None:
    """Return the script of one letter; None for what is no letter, or takes the script of its neighbours."""
    word = unicodedata.name(character, "").partition(" ")[0]
    return _SCRIPTS.get(word, "Zyyy") if character.isalpha() else None


_SCRIPTS: Final = {
    "LATIN": "Latn", "ARMENIAN": "Armn", "CYRILLIC": "Cyrl", "GEORGIAN": "Geor", "ARABIC": "Arab", "GREEK": "Grek",
    "HEBREW": "Hebr", "DEVANAGARI": "Deva", "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr", "TAMIL": "Taml",
    "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh", "THAI": "Thai", "ETHIOPIC": "Ethi",
    "CJK": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana", "HANGUL": "Hang", "MODIFIER": None,
}  # fmt: skip


def _add(
    more: dict[int, list[str]], change: Callable[[str], str], texts: Sequence[str], numbers: Iterable[int]
) -> None:
    """Add one reading of the names with these numbers to what was found for them."""
    chosen = list(numbers)
    for number, key in zip(chosen, _lines(change, [texts[number] for number in chosen]), strict=True):
        more.setdefault(number, []).append(key)


def _collected(first: Sequence[str], more: Mapping[int, Sequence[str]]) -> list[tuple[str, ...]]:
    found = [(key,) if key else () for key in first]
    for number, others in more.items():
        found[number] = tuple(dict.fromkeys(filter(None, (*found[number], *others))))
    return found


def _by_kind(change: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """Change names of ASCII letters apart from the others, which is faster."""
    plain = list(map(str.isascii, texts))
    ascii_found = iter(_lines(change, list(compress(texts, plain))))
    other_found = iter(_lines(change, [text for text, is_plain in zip(texts, plain, strict=True) if not is_plain]))
    return [next(ascii_found) if is_plain else next(other_found) for is_plain in plain]


def _lines(change: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """Change many names in one pass over their lines; a name's own line breaks are blanks."""
    if not texts:
        return []
    block = "\n".join(texts)
    if block.count("\n") >= len(texts):
        block = "\n".join(text.replace("\n", " ") for text in texts)
    return [line.strip() for line in change(block).split("\n")]


def _translated(block: str, letters: Letters) -> str:
    if _MARK.search(block):
        block = _DECOMPOSED.sub(lambda letter: unicodedata.normalize("NFC", letter[0]), block)
    block = block.translate(letters)
    if "  " in block:
        block = _BLANKS.sub(" ", block)
    return block if block.isascii() else unicodedata.normalize("NFC", block)


def _latin(block: str, letters: Letters) -> str:
    """Return the letters in Latin, q and c still as written."""
    if "ո" in block or "Ո" in block:
        for digraph in ("ու", "Ու", "ՈՒ"):
            block = block.replace(digraph, "u")
        block = _INITIAL_VO.sub("vo", block)
    if "իւ" in block:
        block = block.replace("իւ", "yu")
    block = _translated(block, letters)
    return _ARTICLE.sub("", block) if "ال" in block else block


def _evened(block: str) -> str:
    block = _DOUBLED.sub(r"\1", block.replace("q", "k"))
    for written, common in _EVENED:
        block = block.replace(written, common)
    return _DOUBLED.sub(r"\1", block)


def _plain(block: str) -> str:
    return _evened(_latin(block, SOUNDS))


def _georgian_stem(block: str) -> str:
    return _plain(re.sub(rf"(?<=\w){NOMINATIVE}\b", "", block))


def _typed(block: str) -> str:
    return _evened(_latin(block, TYPED))


def _azerbaijani(block: str) -> str:
    """Read c as j and q as g, as Azerbaijani spells (Cəbrayıl, Qazax); elsewhere q stands for Armenian ք (Sotq)."""
    block = _latin(block, SOUNDS).replace("ch", "\1").replace("c", "j").replace("\1", "ch").replace("q", "g")
    return _evened(block)


def _azerbaijani_e(block: str) -> str:
    return _azerbaijani(block.replace("ə", "e").replace("Ə", "e"))


def _azerbaijani_soft(block: str) -> str:
    return _azerbaijani(re.sub("(?<=[kgKG])[əƏ]", "e", block))


def _as_russian(block: str) -> str:
    return _plain(_LOST_H.sub("", block.replace("ղ", "խ").replace("Ղ", "խ")))


def _without_h(block: str) -> str:
    """Leave out h that no other letter needs, but between two a, which would become one: Hayravank, not Vahan."""
    return _plain(_UNSOUNDED.sub("", block))


_SOFTER: Final = (
    (re.compile("[əƏ]"), _azerbaijani_soft),
    (re.compile("[əƏ]"), _azerbaijani_e),
    (_UNHEARD, _as_russian),
    (_UNSOUNDED, _without_h),
)
"""Rarer readings, each beside the letters that it reads otherwise."""
