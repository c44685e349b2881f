"""What an inflected or translated name may stand for: "Джермука" is Джермук, "Upper Shorzha" is Verin Shorzha.

Both are asked only when nothing bears the name as written, and an answer found so says so. The endings are the
singular cases of place names in Russian and Ukrainian, Eastern Armenian, Georgian, Azerbaijani and Turkish, as school
grammars list them, and the English and Turkish apostrophes; a name is never cut below three letters.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import Final

from geomap.gazetteer.words.names import romanise

_MOST = 12
_LEAST = 3

_ADJECTIVES: Final = (
    "его:ий, его:ее, ого:ый, ого:ий, ого:ое, ему:ий, ому:ый, ому:ий, ем:ий, ом:ый, ом:ий, ым:ый, им:ий, ей:яя, "
    "ой:ая, ую:ая, юю:яя, ых:ые, их:ие"
)
_CYRILLIC: Final = (
    "ского:ский, скому:ский, ском:ский, ским:ский, ской:ская, скую:ская, ского:, скому:, ском:, ским:, ской:, скую:, "
    "ский:, ская:, ское:, ського:ський, ській:ська, ського:, ській:, ський:, ська:, "
    "инский:а, инского:а, инском:а, инской:а, инская:а, "
    "ом:, ем:ь, ем:й, ем:, ём:ь, ом:о, ем:е, ой:а, ей:а, ей:я, ою:а, ью:ь, ами:ы, ах:ы, ов:ы, ові:, еві:ь, "
    "у:, у:а, ю:я, ю:й, ю:ь, а:, я:й, я:ь, а:о, я:е, е:, е:а, е:о, е:я, е:ь, е:й, і:, і:а, "
    "ы:а, и:а, и:я, и:ь, и:й, " + _ADJECTIVES
)
_ARMENIAN: Final = (
    "յում:, յից:, յով:, յին:, յի:, ներում:ներ, ում:, ից:, ով:, ին:, ին:ի, ուն:ի, ի:, ը:, ան:ա, ն:, ուց:ի, ու:, ու:ի"
)
_GEORGIAN: Final = (
    "ისკენ:ი, ისკენ:ა, ისთან:ი, ისთან:ა, იდან:ი, იდან:ა, დან:, დან:ი, ასთან:ა, სთან:, თან:ი, ამდე:ა, მდე:ი, მდე:, "
    "აში:ა, ში:ი, ში:, აზე:ა, ზე:ი, ზე:, ის:ი, ის:ა, ის:ე, ით:ი, ით:ა, ს:, ს:ი, მა:ი, ი:"
)
_TURKIC: Final = (
    "dakı:, dəki:, daki:, deki:, dan:, dən:, den:, tan:, tən:, ten:, ndan:, ndən:, nden:, da:, də:, de:, "
    "nda:, ndə:, nde:, ta:, tə:, te:, ın:, in:, un:, ün:, nın:, nin:, nun:, nün:, lı:, li:, lu:, lü:, "
    "nı:, ni:, nu:, nü:, na:, nə:, ne:, ya:, yə:, ye:, yı:, yi:, yu:, yü:, a:, ə:, e:, ı:, i:, u:, ü:, "
    "ğın:q, ğa:q, ğı:q, yin:k, yə:k, yi:k"
)
_RULES_OF: Final = (
    (re.compile("[\u0400-\u052f]"), _CYRILLIC),
    (re.compile("[\u0531-\u0587]"), _ARMENIAN),
    (re.compile("[\u10d0-\u10fa]"), _GEORGIAN),
    (
        re.compile("[əğıöüçşƏĞİÖÜÇŞ]|[qQ](?![uU])"),
        _TURKIC,
    ),  # not IGNORECASE, where ı is i
)
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

    At most 12; () where no ending of a language written in these letters is found. The last word is cut, and with it,
    in Cyrillic, an adjective before it ("Верхней Шоржи"). Many are no words at all: only those that a gazetteer holds
    mean anything.

    >>> endings("Горисом")[0]
    'Горис'
    """
    name = " ".join(text.split())
    spoken = _APOSTROPHE.search(name)
    found = [name[: spoken.end("name")]] if spoken else []
    rules = "" if spoken else next((rules for letters, rules in _RULES_OF if letters.search(name)), "")
    *before, last = name.split(" ")
    if len(before) < 3:
        adjectives = [_forms(word, _ADJECTIVES)[:2] or [word] for word in before] if rules is _CYRILLIC else []
        fronts = product(*adjectives) if adjectives else [before]
        found += [" ".join((*front, form)) for form, front in product([*_forms(last, rules), last], fronts)]
    return tuple(form for form in dict.fromkeys(found) if form not in {text, name})[:_MOST]


def _forms(word: str, rules: str) -> list[str]:
    """Return the word with each of its endings exchanged, in the order of the rules."""
    lowered = word.replace("İ", "i").lower()
    if len(lowered) != len(word):
        return []
    fitting = ((ending, other) for ending, other in _pairs(rules) if lowered.endswith(ending))
    return [word[: -len(ending)] + other for ending, other in fitting if len(word) - len(ending) >= _LEAST]


@cache
def _pairs(rules: str) -> tuple[tuple[str, str], ...]:
    return tuple((ending, other) for ending, _, other in (rule.partition(":") for rule in rules.split(", ") if rule))


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
