"""What an inflected or translated name may stand for: "Джермука" is Джермук, "Upper Shorzha" is Verin Shorzha.

Both are asked only when nothing bears the name as written, and an answer found so says so. The endings are those of
geomap.gazetteer.words.cases, whatever the case, and the English and Turkish apostrophes; a name is never cut below
three letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import product
from typing import Final

from geomap.gazetteer.words.cases import BEFORE_LAST, ENDINGS, Endings
from geomap.gazetteer.words.names import romanise

Pairs = tuple[tuple[str, str], ...]

_MOST = 12
_LEAST = 3

_RULES_OF: Final = (
    (re.compile("[\u0400-\u052f]"), ("ru", "uk")),
    (re.compile("[\u0531-\u0587]"), ("hy",)),
    (re.compile("[\u10d0-\u10fa]"), ("ka",)),
    (re.compile("[əğıöüçşƏĞİÖÜÇŞ]|[qQ](?![uU])"), ("az", "tr")),
)
"""Letters of a script -> the languages whose endings are tried. Not IGNORECASE, where ı is i."""
_APOSTROPHE = re.compile(r"(?P<name>\w{3})['’](?:[dt][aeə](?:n|k[iı])?|n?[ıiuü]n|[yn]?[ıiuüaeə]|y?l[aeə]|l[ıiuü]|s)$")

_MODIFIERS: Final = (
    "Upper Verin Yuxarı Yukhari Yukarı Verkhniy Verkhnyaya Verkhneye Verkhniye Zemo Ober Alto Olya",
    "Lower Nerkin Aşağı Ashaghi Ashagi Nizhniy Nizhnyaya Nizhneye Nizhniye Kvemo Unter Bajo Sofla Pain",
    "Middle Mijin Orta Sredniy Srednyaya Sredneye Shua Vosta",
    "New Nor Yeni Novyy Novaya Novoye Novyye Akhali Neu Nouveau Nueva Now",
    "Old Hin Köhnə Eski Staryy Staraya Staroye Dzveli Alt Vieux Kohneh",
    "Great Greater Big Mets Metz Böyük Boyuk Büyük Bolshoy Bolshaya Bolshoye Didi Gross Grand Bozorg",
    "Little Small Lesser Pokr Kiçik Kichik Küçük Bala Malyy Malaya Maloye Patara Klein Petit Kuchek",
)  # words of one meaning in English, Armenian, Azerbaijani, Turkish, Russian, Georgian, German, French and Persian

_JOINTS = ("ye", "e", "i")
"""The Persian ezafe, which joins a modifier behind the name: Shorzha-ye Olya."""


def endings(text: str) -> tuple[str, ...]:
    """Return the nominatives that an inflected name may stand for, the most plausible first, without the text itself.

    At most 12, the longest ending's first; () where no ending of a language written in these letters is found. The
    last word is cut, and with it, in Cyrillic, an adjective before it ("Верхней Шоржи"). Many are no words at all: only
    those that a gazetteer holds mean anything.

    >>> endings("Горисом")[0]
    'Горис'
    """
    name = " ".join(text.split())
    spoken = _APOSTROPHE.search(name)
    found = [name[: spoken.end("name")]] if spoken else []
    languages = () if spoken else next((found for letters, found in _RULES_OF if letters.search(name)), ())
    *before, last = name.split(" ")
    if len(before) < 3:
        adjectives = [_forms(word, _adjectives())[:2] or [word] for word in before] if "ru" in languages else []
        fronts = product(*adjectives) if adjectives else [before]
        found += [" ".join((*front, form)) for form, front in product([*_forms(last, _pairs(languages)), last], fronts)]
    return tuple(form for form in dict.fromkeys(found) if form not in {text, name})[:_MOST]


def _forms(word: str, pairs: Pairs) -> list[str]:
    """Return the word with each of its endings exchanged, in the order of the pairs, each form once."""
    lowered = word.replace("İ", "i").lower()
    if len(lowered) != len(word):
        return []
    fitting = ((ending, other) for ending, other in pairs if lowered.endswith(ending))
    return list(dict.fromkeys(word[: -len(e)] + other for e, other in fitting if len(word) - len(e) >= _LEAST))


@cache
def _pairs(languages: tuple[str, ...]) -> Pairs:
    """Return the endings of all cases of some languages and what stands in their place, the longest first."""
    cases = [rows for case, rows in ENDINGS.items() if case.partition("_")[0] in languages]
    return _in_order([*cases, *(BEFORE_LAST[language] for language in languages if language == "ru")])


@cache
def _adjectives() -> Pairs:
    return _in_order([BEFORE_LAST["ru"]])


def _in_order(tables: Iterable[Endings]) -> Pairs:
    pairs = [(ending, other) for rows in tables for ending, others in rows for other in others]
    return tuple(sorted(dict.fromkeys(pairs), key=lambda pair: -len(pair[0])))


def translated(text: str) -> tuple[str, ...]:
    """Return a name with its first or last word for upper, lower, new, great ... in the other languages' words.

    Latin words stand before and after any script, since names meet in loose Latin; () where no such word stands.

    >>> "Verin Shorzha" in translated("Upper Shorzha")
    True
    """
    words = [word for word in re.split(r"[\s-]+", text.strip()) if word not in _JOINTS]
    if not 2 <= len(words) <= 4:
        return ()
    found: list[str] = []
    for place, rest in ((0, words[1:]), (-1, words[:-1])):
        meant = romanise(words[place])
        others = (other for key, other in _same_meaning().get(meant, {}).items() if key != meant)
        found += [" ".join((other, *rest)) for other in others]
    return tuple(dict.fromkeys(found))


@cache
def _same_meaning() -> dict[str, dict[str, str]]:
    groups = ({romanise(word): word for word in line.split()} for line in _MODIFIERS)
    return {key: group for group in groups for key in group}
