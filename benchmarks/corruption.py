"""Corrupt place names as people do: pure functions of a name and a random.Random, each kind labelled.

A seed gives the same names in every run. What typing errors are follows Damerau 1964 (DOI 10.1145/363958.363994): one
letter too many, too few, wrong, or swapped with its neighbour, here equally often. The first letter is hit in 7.8 % of
cases, as in Pollock and Zamora 1984 (DOI 10.1145/358027.358048). Print samples of it with `python corruption.py`.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from geomap.types import Place

FIRST_LETTER = 0.078
TWO_ERRORS_FROM = 10
"""Letters that a name needs for two errors; shorter ones are hardly to be known again."""
_KEYBOARDS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    ("քոեռտըւիօպխծշ", "ասդֆգհճկլ", "զղցվբնմ"),
    ("ქწერტყუიოპ", "ასდფგჰჯკლ", "ზხცვბნმ"),
    ("ضصثقفغعهخحج", "شسیبلاتنمک", "ظطزرذدپو"),
)
"""Rows of letters: QWERTY, ЙЦУКЕН, and the phonetic or national layouts of Armenian, Georgian and Persian."""
_BOTH_WAYS = """
    dzh j, dzh dj, dj j, zh j, j y, kh x, kh h, kh ch, x h, gh g, gh q, q k, q g, ts c, ts tz, tz z, y i, ya ia, yu iu,
    ye e, ye ie, iy y, iy i, ii i, sh sch, ch tch, ou u, u w, w v, ee i, oo u, ey ei, ai ay, au aw, ck k, ph f, th t,
    ss s, ll l, nn n, ei ai, ea ia, o u, e i, ё е, й и, дж ж, дж ч, е э, г х, и ы, кс х, ія ия, і и, ї и, є е, ґ г,
    յու ու, եւ և, օ ո, թ տ, փ պ, ք կ, ր ռ, ե է, ղ խ, ծ ց, ճ չ, თ ტ, ფ პ, ქ კ, ყ კ, ძ ზ, ღ გ, ی ي, ک ك, ه ة, أ ا, آ ا,
    ط ت, ص س, ض ز, غ ق
"""
_ONE_WAY = "ə a, ə e, ä ae, ä e, ö oe, ü ue, ş sh, š sh, ç ch, č ch, ž zh, c j, c dj, ğ gh, â a, ı y, ş sch, ń n, ß ss"
"""Rival spellings of one sound in Latin, Cyrillic, Armenian, Georgian and Arabic letters; those of marked letters are
not met the other way round."""
_PAIRS = [tuple(pair.split()) for line in (_BOTH_WAYS, _ONE_WAY) for pair in line.split(",")]
_ALTERNATIONS = [*_PAIRS, *(pair[::-1] for pair in _PAIRS[: _BOTH_WAYS.count(",") + 1])]
_KIND_WORDS = {
    "LATIN": ("village of {}", "{} village", "{} city", "city of {}", "town of {}", "{} town", "the town of {}"),
    "CYRILLIC": ("г. {}", "с. {}", "село {}", "город {}", "посёлок {}", "г.{}"),
    "ARMENIAN": ("{} գյուղ", "գյուղ {}", "{} քաղաք", "ք. {}"),
    "GEORGIAN": ("სოფელი {}", "ქალაქი {}"),
    "ARABIC": ("روستای {}", "شهر {}", "مدينة {}", "قرية {}"),
}
_AZERBAIJANI_KIND_WORDS = ("{} kəndi", "{} şəhəri", "{} qəsəbəsi", "{} kəndində")
_WITHOUT_MARKS = str.maketrans("əƏıøØđĐłŁßæÆœŒ", "eEioOdDlLsaAoO")
_APOSTROPHES = "'’‘ʼʻ`´ʹ"


class Written(NamedTuple):
    """A name as somebody might write it, and what was done to it."""

    text: str
    kind: str


Corruption = Callable[[str, str | None, random.Random], str | None]
"""From a name, its country and chance to another spelling; None for a name that it does not fit."""


def one_error(name: str, _: str | None, chance: random.Random) -> str | None:
    """Return the name with one typing error."""
    found = [at for at, letter in enumerate(name) if letter.isalpha()]
    if len(found) < 2:
        return None
    at = found[0] if chance.random() < FIRST_LETTER else chance.choice(found[1:])
    return chance.choice((_inserted, _deleted, _substituted, _swapped))(name, at, chance)


def two_errors(name: str, country: str | None, chance: random.Random) -> str | None:
    """Return a name of ten letters or more with two typing errors."""
    if sum(map(str.isalpha, name)) < TWO_ERRORS_FROM:
        return None
    once = one_error(name, country, chance)
    return once and one_error(once, country, chance)


def _inserted(name: str, at: int, chance: random.Random) -> str:
    return name[:at] + chance.choice((name[at].lower(), _neighbour(name[at], chance).lower())) + name[at:]


def _deleted(name: str, at: int, _: random.Random) -> str:
    return name[:at] + name[at + 1 :]


def _substituted(name: str, at: int, chance: random.Random) -> str:
    return name[:at] + _neighbour(name[at], chance) + name[at + 1 :]


def _swapped(name: str, at: int, _: random.Random) -> str:
    other = at + 1 if at + 1 < len(name) else at - 1
    low, high = sorted((at, other))
    return name[:low] + name[high] + name[low] + name[high + 1 :]


def _neighbour(letter: str, chance: random.Random) -> str:
    """Return a letter from a key beside that of a letter; of no known keyboard the letter that follows in Unicode."""
    plain = unicodedata.normalize("NFD", letter.lower())[0]
    keys = next((_beside(rows, plain) for rows in _KEYBOARDS if any(plain in row for row in rows)), "")
    following = chr(ord(letter) + 1)
    found = chance.choice(keys) if keys else following if following.isalpha() else letter
    return found.upper() if letter.isupper() else found


def _beside(rows: Sequence[str], letter: str) -> str:
    number = next(number for number, row in enumerate(rows) if letter in row)
    at = rows[number].index(letter)
    near = (row[max(0, at - 1) : at + 2] for row in rows[max(0, number - 1) : number + 2])
    return "".join(near).replace(letter, "")


def without_marks(name: str, *_: object) -> str:
    """Return the name without accents, dots and hooks, as typed on a keyboard that lacks them."""
    parts = unicodedata.normalize("NFD", name.translate(_WITHOUT_MARKS))
    return unicodedata.normalize("NFC", "".join(part for part in parts if not "\u0300" <= part <= "\u036f"))


def other_case(name: str, _: str | None, chance: random.Random) -> str:
    """Return the name in capitals, in small letters, or with a capital to each word alone."""
    return chance.choice((str.upper, str.lower, str.title))(name)


def transliterated(name: str, _: str | None, chance: random.Random) -> str | None:
    """Return the name with one sound spelt otherwise, wherever it stands."""
    small = name.lower()
    ways = [pair for pair in _ALTERNATIONS if pair[0] in small]
    if not ways or len(small) != len(name):
        return None
    one, other = chance.choice(ways)
    changed = small.replace(one, other)
    return changed[:1].upper() + changed[1:] if name[:1].isupper() else changed


def with_kind(name: str, country: str | None, chance: random.Random) -> str | None:
    """Return the name with a word for what it is, in a language of its script."""
    words = _KIND_WORDS.get(_script(name), ())
    if country == "AZ" and _script(name) == "LATIN":
        words = _AZERBAIJANI_KIND_WORDS
    return chance.choice(words).format(name) if words else None


def inflected(name: str, country: str | None, chance: random.Random) -> str | None:
    """Return a Russian, Armenian or Azerbaijani name in one of its cases; None for those that take no simple ending."""
    script = _script(name)
    if not name[-1:].isalpha():
        return None
    if script == "CYRILLIC":
        return _in_russian(name, chance)
    if script == "ARMENIAN":
        return _in_armenian(name, chance)
    return _in_azerbaijani(name, chance) if country == "AZ" and script == "LATIN" else None


def _in_russian(name: str, chance: random.Random) -> str | None:
    last = name[-1]
    if last in "бвгджзклмнпрстфхцчшщ":
        return name + chance.choice(("а", "у", "ом", "е"))
    if last in "ая":
        return name[:-1] + chance.choice(("ы" if last == "а" else "и", "е", "у" if last == "а" else "ю"))
    return None


def _in_armenian(name: str, chance: random.Random) -> str | None:
    if name[-1] in "աեէըիոօւև":
        return name[:-1] + "ու" if name[-1] == "ի" else None
    return name + chance.choice(("ի", "ում", "ից"))


def _in_azerbaijani(name: str, chance: random.Random) -> str | None:
    vowels = [letter for letter in name.lower() if letter in "aıouəeiöü"]
    if not vowels:
        return None
    back = vowels[-1] in "aıou"
    genitive = {"a": "ın", "ı": "ın", "o": "un", "u": "un", "ö": "ün", "ü": "ün"}.get(vowels[-1], "in")
    joint = "n" if name[-1].lower() in "aıouəeiöü" else ""
    return name + chance.choice(("da" if back else "də", "dan" if back else "dən", joint + genitive))


def repunctuated(name: str, _: str | None, chance: random.Random) -> str | None:
    """Return the name with its hyphens, blanks between words or apostrophes written otherwise."""
    others = {"-": (" ", "–", ""), " ": ("-", "  "), **dict.fromkeys(_APOSTROPHES, ("", "’", "`"))}
    changes = [(old, new) for old in others if old in name.strip() for new in others[old]]
    return name.replace(*chance.choice(changes)) if changes else None


def _script(name: str) -> str:
    """Return the first word of the Unicode name of the first letter: LATIN, CYRILLIC, ARMENIAN ..."""
    letter = next(filter(str.isalpha, name), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


CORRUPTIONS: dict[str, Corruption] = {
    "one error": one_error,
    "two errors": two_errors,
    "no marks": without_marks,
    "other case": other_case,
    "transliteration": transliterated,
    "kind word": with_kind,
    "case ending": inflected,
    "punctuation": repunctuated,
}
AS_WRITTEN = "as written"


def corrupted(name: str, country: str | None, chance: random.Random) -> Written:
    """Return the name changed in one of the ways that change it, each equally often, or left as it is."""
    kinds = [AS_WRITTEN, *CORRUPTIONS]
    chance.shuffle(kinds)
    for kind in kinds:
        if kind == AS_WRITTEN:
            break
        changed = CORRUPTIONS[kind](name, country, chance)
        if changed and changed != name:
            return Written(changed, kind)
    return Written(name, AS_WRITTEN)


def corrupted_as(kind: str, name: str, country: str | None, chance: random.Random, tries: int = 5) -> Written | None:
    """Return the name changed in a given way, or None where that way changes nothing."""
    found = (CORRUPTIONS[kind](name, country, chance) for _ in range(tries))
    return next((Written(changed, kind) for changed in found if changed and changed != name), None)


class Asked(NamedTuple):
    """A place, one of its names as it is borne, and as it is written."""

    place: Place
    name: str
    written: Written


def asked(places: Iterable[Place], count: int, seed: int) -> list[Asked]:
    """Sample names of places and corrupt them: a place, one of its names, one way, each equally often; seeded."""
    chance = random.Random(seed)  # noqa: S311
    found: list[Asked] = []
    for place in sampled(places, count, chance):
        name = chance.choice((place.name, *(name.text for name in place.names)))
        found.append(Asked(place, name, corrupted(name, place.country, chance)))
    return found


def sampled(places: Iterable[Place], count: int, chance: random.Random) -> Sequence[Place]:
    """Return so many of the places in random order, or all of them."""
    known = list(places)
    return chance.sample(known, min(count, len(known)))


if __name__ == "__main__":
    from geomap.gazetteer import Gazetteer

    for place, name, (text, kind) in asked(Gazetteer.default().places, 40, seed=1):
        print(f"{kind:<16} {name} -> {text} ({place.name}, {place.country})")
