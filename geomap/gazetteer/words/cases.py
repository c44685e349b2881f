"""Case endings of place names, by language and case: the one table that queries and expressions read.

A query's case is not known: geomap.gazetteer.words.endings tries all endings of its script. An expression tells the
case: geomap.gazetteer.words.inflection tries that one's. Which ending stands for what follows the reference grammars:
T. Wade, A Comprehensive Russian Grammar (2011); J. Dum-Tragut, Armenian: Modern Eastern Armenian (2009,
doi:10.1075/loall.14); M. Sh. Shiraliyev and E. V. Sevortyan (eds), Grammatika azerbaydzhanskogo yazyka (1971); for
Ukrainian, Georgian and Turkish the singular cases as school grammars list them.
"""

from __future__ import annotations

from typing import Final

Endings = tuple[tuple[str, tuple[str, ...]], ...]

_OF_NAMES: Final[Endings] = (
    ("цкого", ("цкий", "цк")), ("цком", ("цкий", "цк")), ("цким", ("цкий", "цк")), ("цкой", ("цкая", "цк")),
    ("ского", ("ский", "")), ("ском", ("ский", "")), ("ским", ("ский", "")), ("скому", ("ский", "")),
    ("ской", ("ская", "")),
)  # fmt: skip
"""Russian endings of adjectives that are made of names: Горисский, Слуцкий."""

ENDINGS: Final[dict[str, Endings]] = {
    "ru_of_name": _OF_NAMES,
    "ru_gen": (
        ("ии", ("ия",)), ("ого", ("ое", "ый", "ой")), ("его", ("ее", "ий")), ("ова", ("ов", "ово")),
        ("ева", ("ев", "ево")), ("ина", ("ин", "ино")), ("а", ("",)), ("я", ("й", "ь", "е")), ("ы", ("а",)),
        ("и", ("а", "ь", "я")), ("ой", ("ая",)),
    ),
    "ru_ins": (
        ("ией", ("ия",)), ("ью", ("ь",)), ("овом", ("ово",)), ("евом", ("ево",)), ("ом", ("",)),
        ("ем", ("ь", "й", "е")), ("ым", ("", "ый")), ("ой", ("а", "ая")), ("ей", ("а", "я")),
    ),
    "ru_loc": (
        ("ии", ("ия",)), ("ом", ("ое", "ый")), ("ове", ("ов", "ово")), ("еве", ("ев", "ево")), ("е", ("", "а")),
        ("и", ("ь",)),
    ),
    "ru_dat": (
        ("ии", ("ия",)), ("ову", ("ов", "ово")), ("у", ("",)), ("ю", ("й", "ь", "е")), ("е", ("а",)), ("и", ("ь",)),
    ),
    "ru_acc": (("у", ("а",)), ("ю", ("я",))),
    "ru_adj": (("цком", ("цк",)), ("цкое", ("цк",)), ("ском", ("ск", "", "к")), ("ское", ("ск", "", "к"))),
    "ru_other": (
        ("инского", ("инский", "ин", "а")), ("инском", ("инский", "ин", "а")), ("инской", ("инская", "ин", "а")),
        ("инский", ("ин", "а")), ("инская", ("ин", "а")),
        ("скую", ("ская", "")), ("ский", ("",)), ("ская", ("",)), ("ём", ("ь",)), ("ем", ("",)), ("ом", ("о",)),
        ("ами", ("ы",)), ("ах", ("ы",)), ("ов", ("ы",)), ("а", ("о",)), ("е", ("о", "я", "ь", "й")), ("и", ("й",)),
    ),
    "uk": (
        ("ського", ("ський", "")), ("ській", ("ська", "")), ("ський", ("",)), ("ська", ("",)), ("ові", ("",)),
        ("еві", ("ь",)), ("ою", ("а",)), ("і", ("", "а")),
    ),
    "hy_other": (
        ("ներում", ("ներ",)), ("յում", ("",)), ("յից", ("",)), ("յով", ("",)), ("յին", ("",)), ("յի", ("",)),
        ("ուն", ("ի",)), ("ով", ("",)), ("ան", ("ա",)), ("ու", ("",)), ("ը", ("",)), ("ն", ("",)),
    ),
    "hy_gen": (("այի", ("ա",)), ("ին", ("", "ի")), ("ի", ("",)), ("ու", ("ի",))),
    "hy_abl": (("այից", ("ա",)), ("ուց", ("ի",)), ("ից", ("",))),
    "hy_loc": (("այում", ("ա",)), ("ում", ("",))),
    "ka": (
        ("ისკენ", ("ი", "ა")), ("ისთან", ("ი", "ა")), ("იდან", ("ი", "ა")), ("ასთან", ("ა",)), ("სთან", ("",)),
        ("ამდე", ("ა",)), ("დან", ("", "ი")), ("თან", ("ი",)), ("მდე", ("ი", "")), ("აში", ("ა",)), ("აზე", ("ა",)),
        ("ში", ("ი", "")), ("ზე", ("ი", "")), ("ის", ("ი", "ა", "ე")), ("ით", ("ი", "ა")), ("მა", ("ი",)),
        ("ს", ("", "ი")), ("ი", ("",)),
    ),
    "az_gen": (
        *((ending, ("n", "")) for ending in ("nın", "nin", "nun", "nün")),
        *((ending, ("",)) for ending in ("ın", "in", "un", "ün")),
    ),
    "az_abl": (("ndan", ("n", "")), ("ndən", ("n", "")), ("dan", ("",)), ("dən", ("",))),
    "az_dat": (("ya", ("",)), ("yə", ("",)), ("a", ("",)), ("ə", ("",))),
    "az_loc": (("nda", ("n", "")), ("ndə", ("n", "")), ("da", ("",)), ("də", ("",))),
    "az_kind": (("nda", ("",)), ("ndə", ("",))),
    "az_other": (
        *((ending, ("",)) for ending in ("dakı", "dəki", "nı", "ni", "nu", "nü", "na", "nə", "yı", "yi", "yu", "yü")),
        ("ğın", ("q",)), ("ğa", ("q",)), ("ğı", ("q",)), ("yin", ("k",)), ("yə", ("k",)), ("yi", ("k",)),
        *((ending, ("",)) for ending in ("lı", "li", "lu", "lü", "ı", "i", "u", "ü")),
    ),
    "tr": (
        *((ending, ("",)) for ending in ("daki", "deki", "nden", "den", "tan", "tən", "ten", "nde", "de")),
        *((ending, ("",)) for ending in ("ta", "tə", "te", "ne", "ye", "e")),
    ),
}  # fmt: skip
"""Language and case -> endings, the first that fits counts -> what may stand in their place, likeliest first.

`az_kind` is a locative on a word for a kind; what stands under `_other`, `_of_name` and a language alone (further
cases, plurals, adjectives) is only tried where the case is not known. Where it is not, the longest ending goes
first, and of one ending the case that stands first here.
"""

BEFORE_LAST: Final[dict[str, Endings]] = {
    "ru": (
        *_OF_NAMES, ("него", ("ний", "нее")), ("нем", ("ний",)), ("ней", ("няя",)),
        ("ого", ("ый", "ий", "ое")), ("его", ("ий", "ее")), ("ому", ("ый", "ий")), ("ему", ("ий",)),
        ("ом", ("ый", "ий")), ("ем", ("ий",)), ("ым", ("ый",)), ("им", ("ий",)), ("ой", ("ая",)), ("ей", ("яя",)),
        ("ую", ("ая",)), ("юю", ("яя",)), ("ых", ("ые",)), ("их", ("ие",)),
    ),
    "hy": (("այի", ("ա",)), ("ի", ("",))),
}  # fmt: skip
"""Language -> endings of the words before the last one: adjectives, and the name before an Armenian word for a kind."""
