"""Take the endings of a known case off the names that Russian, Armenian and Azerbaijani inflect: pure strings.

The endings are those of geomap.gazetteer.words.cases. An ending alone never tells the dictionary form, so every form
that it may come from is returned, and the name as written too.
"""

from __future__ import annotations

from collections.abc import Iterator

from geomap.gazetteer.words.cases import BEFORE_LAST, ENDINGS, Endings

__all__ = ["ENDINGS", "KIND_FORMS", "UNMARKED", "dictionary_forms"]

UNMARKED = frozenset({"az_gen", "ru_acc"})
"""Cases that the language often leaves unmarked: the name as written is tried first."""

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
