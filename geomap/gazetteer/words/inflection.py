"""Take case endings off the names that Russian, Armenian and Azerbaijani inflect: tables and pure strings.

Which ending stands for what follows the reference grammars: T. Wade, A Comprehensive Russian Grammar (2011); J.
Dum-Tragut, Armenian: Modern Eastern Armenian (2009, doi:10.1075/loall.14); M. Sh. Shiraliyev and E. V. Sevortyan (eds),
Grammatika azerbaydzhanskogo yazyka (1971). An ending alone never tells the dictionary form, so every form that it may
come from is returned, and the name as written too.
"""

from __future__ import annotations

from collections.abc import Iterator

Endings = tuple[tuple[str, tuple[str, ...]], ...]

ENDINGS: dict[str, Endings] = {
    "ru_gen": (
        ("ии", ("ия",)), ("ого", ("ое", "ый", "ой")), ("его", ("ее", "ий")), ("ова", ("ово", "ов")),
        ("ева", ("ево", "ев")), ("ина", ("ин", "ино")), ("а", ("",)), ("я", ("ь", "й", "е")), ("ы", ("а",)),
        ("и", ("а", "ь", "я")), ("ой", ("ая",)),
    ),
    "ru_ins": (
        ("ией", ("ия",)), ("ью", ("ь",)), ("овом", ("ово",)), ("евом", ("ево",)), ("ом", ("",)),
        ("ем", ("ь", "й", "е")), ("ым", ("", "ый")), ("ой", ("а", "ая")), ("ей", ("а", "я")),
    ),
    "ru_dat": (
        ("ии", ("ия",)), ("ову", ("ово", "ов")), ("у", ("",)), ("ю", ("ь", "й", "е")), ("е", ("а",)), ("и", ("ь",)),
    ),
    "ru_loc": (
        ("ии", ("ия",)), ("ом", ("ое", "ый")), ("ове", ("ов", "ово")), ("еве", ("ев", "ево")), ("е", ("", "а")),
        ("и", ("ь",)),
    ),
    "ru_acc": (("у", ("а",)), ("ю", ("я",))),
    "ru_adj": (("цком", ("цк",)), ("цкое", ("цк",)), ("ском", ("ск", "", "к")), ("ское", ("ск", "", "к"))),
    "hy_gen": (("այի", ("ա",)), ("ին", ("", "ի")), ("ի", ("",)), ("ու", ("ի",))),
    "hy_abl": (("այից", ("ա",)), ("ուց", ("ի",)), ("ից", ("",))),
    "hy_loc": (("այում", ("ա",)), ("ում", ("",))),
    "az_gen": tuple((ending, ("",)) for ending in ("nın", "nin", "nun", "nün", "ın", "in", "un", "ün")),
    "az_abl": (("ndan", ("n", "")), ("ndən", ("n", "")), ("dan", ("",)), ("dən", ("",))),
    "az_dat": (("ya", ("",)), ("yə", ("",)), ("a", ("",)), ("ə", ("",))),
    "az_loc": (("nda", ("n", "")), ("ndə", ("n", "")), ("da", ("",)), ("də", ("",))),
    "az_kind": (("nda", ("",)), ("ndə", ("",))),
}  # fmt: skip
"""Case -> endings, the first that fits counts -> what may stand in their place in the name itself, likeliest first."""

UNMARKED = frozenset({"az_gen", "ru_acc"})
"""Cases that the language often leaves unmarked: the name as written is tried first."""

BEFORE_LAST: dict[str, Endings] = {
    "ru": (
        ("цкого", ("цкий", "цк")), ("цком", ("цкий", "цк")), ("цким", ("цкий", "цк")), ("цкой", ("цкая", "цк")),
        ("ского", ("ский", "")), ("ском", ("ский", "")), ("ским", ("ский", "")), ("скому", ("ский", "")),
        ("ской", ("ская", "")), ("него", ("ний",)), ("нем", ("ний",)), ("ней", ("няя",)), ("ого", ("ый",)),
        ("ом", ("ый",)), ("ым", ("ый",)), ("ой", ("ая",)),
    ),
    "hy": (("այի", ("ա",)), ("ի", ("",))),
}  # fmt: skip
"""Language -> endings of the words before the last one: adjectives, and the name before an Armenian word for a kind."""

KIND_FORMS = {
    form: base
    for base, forms in {
        "район": "района районе районом району", "область": "области областью", "село": "села селе селом селу",
        "деревня": "деревни деревне деревней деревню", "город": "города городе городом городу", "озеро":
        "озера озере озером озеру", "гора": "горы горе горой гору", "река": "реки реке рекой реку", "перевал":
        "перевала перевале перевалом перевалу", "посёлок": "посёлка посёлке посёлком поселка поселке поселком",
        "рудник": "рудника руднике рудником руднику", "месторождение": "месторождения месторождении месторождением",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Inflected Russian words for a kind of place -> the word that the gazetteer knows."""
_ARMENIAN_KINDS = ("շրջան", "գյուղ", "քաղաք", "մարզ", "լիճ", "լեռ", "հանք", "լեռնանցք", "գետ")

_LEAST_STEM = 3
_LEAST_UNMARKED_STEM = 4
"""Letters that stay: "Laçın" is no genitive of "Laç"."""


def dictionary_forms(name: str, case: str) -> list[str]:
    """Return what an inflected name may be in its dictionary form, likeliest first, and the name as written.

    `case` is a key of ENDINGS, or "" for a name that is not inflected. Kind words stay in the name, in the form that
    the gazetteer knows; the words before the last one lose the endings of adjectives. A leading "the" is taken off.

    >>> dictionary_forms("Ջերմուկի", "hy_gen")
    ['Ջերմուկ', 'Ջերմուկի']
    """
    plain = name.removeprefix("the ")
    *before, last = plain.split() or [""]
    kind = KIND_FORMS.get(last.lower())
    lasts = [kind] if kind else _without(last, ENDINGS.get(case, ()), case)
    forms = [" ".join((*words, each)) for each in lasts for words in _befores(before, each, case)]
    if before and case.startswith("ru") and (kind := KIND_FORMS.get(before[0].lower())):
        forms = [" ".join((kind, *before[1:], each)) for each in (last, *lasts)]
    ways = [plain, *forms] if case in UNMARKED else [*forms, plain]
    return list(dict.fromkeys((*ways, name)))


def _befores(words: list[str], last: str, case: str) -> Iterator[list[str]]:
    """Yield the words before the last one: adjectives and names before a kind lose their endings too."""
    language = case[:2]
    endings = BEFORE_LAST.get(language, ()) if language != "hy" or last in _ARMENIAN_KINDS else ()
    changed = [_without(word, endings, case) or [word] for word in words]
    for i in range(max(map(len, changed), default=1)):
        yield [forms[min(i, len(forms) - 1)] for forms in changed]
    yield words


def _without(word: str, endings: Endings, case: str) -> list[str]:
    """Return a word with the first ending that fits replaced; [] where none fits or too few letters stay."""
    least = _LEAST_UNMARKED_STEM if case in UNMARKED else _LEAST_STEM
    for ending, instead in endings:
        if len(word) >= len(ending) + least and word[-len(ending) :].lower() == ending:
            return [word[: -len(ending)] + each for each in instead]
    return []
