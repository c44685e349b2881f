"""Kinds of place behind other gazetteers' words: GeoNames feature codes, and the radius that a kind stands for.

The codes and their meanings are GeoNames' (featureCodes_en.txt, https://www.geonames.org/export/codes.html).
"""

from __future__ import annotations

from geomap.gazetteer.readers.geonames import OWN_SCRIPT, RADIUS_KM, TOWN_FROM
from geomap.gazetteer.words.kinds import KINDS, SETTLEMENTS

_CODES = {
    "P": {
        "town": "PPLA PPLA2 PPLC PPLG",
        "village": "PPL PPLA3 PPLA4 PPLA5 PPLCH PPLF PPLH PPLL PPLQ PPLR PPLS PPLW PPLX STLMT",
    },
    "A": {
        "country": "PCL PCLD PCLF PCLH PCLI PCLIX PCLS",
        "province": "ADM1 ADM1H",
        "district": "ADM2 ADM2H ADM3 ADM3H ADM4 ADM4H ADM5 ADM5H PRSH",
        "region": "ADMD ADMDH LTER TERR ZN ZNB",
    },
    "H": {
        "lake": "LK LKC LKI LKN LKNI LKO LKOI LKS LKSB LKSC LKSI LKSN LKSNI LKX LGN LGNS LGNX RSV RSVI RSVT",
        "sea": "BAY BAYS GULF OCN SD SEA STRT",
        "river": "STM STMA STMC STMD STMI STMIX STMS STMX",
    },
    "L": {
        "region": "AREA BTL CONT CST LAND LCTY OAS PRK RGN RGNE RGNH RGNL RES RESF RESN RESW TRB",
        "mine": "COLF MNA",
        "post": "MILB NVB",
    },
    "R": {"road": "RD RDA RTE TNLRD"},
    "S": {"mine": "MN MNAU MNC MNCR MNCU MNFE MNN MNQ MNQR", "post": "AIRB INSM PSTB PSTC PSTP"},
    "T": {
        "mountain": "BUTE HLL HLLS MESA MT MTS PK PKS RDGE SPUR VLC",
        "pass": "GAP PASS SDL",
        "island": "ATOL ISL ISLET ISLF ISLM ISLS ISLT ISLX",
        "region": "CAPE DLTA DSRT GRGE ISTH PEN PLAT PLN UPLD VAL VALS",
    },
    "V": {"region": "FRST"},
}
KIND_OF_CODE = {
    (letter, code): kind for letter, kinds in _CODES.items() for kind, codes in kinds.items() for code in codes.split()
}
"""The kind for each (feature class, feature code); a code that is not here names nothing that an incident is placed by.

Sections of towns (PPLX) count as villages: both are settlements, and the code stays in `Place.feature`. Bays, straits
and sounds count as seas.
"""

CLASSES = "AHLPRSTV"
"""Feature classes that hold places of a kind: all but undersea features (U)."""

FORMER = {
    "PPLCH": "a former capital",
    "PPLH": "a populated place that no longer exists",
    "PPLQ": "an abandoned populated place",
    "PPLW": "a destroyed populated place",
    "PCLH": "a former political entity",
    "MNQ": "an abandoned mine",
    **{f"ADM{level}H": "a former administrative division" for level in ("1", "2", "3", "4", "5", "D")},
    "RGNH": "a former region",
    "LKX": "a section of a lake",
    "PPLX": "a section of a populated place",
}
"""What the note of a place says whose code tells that it is no more, or only a part."""

KIND_RADIUS_KM = {
    "town": 2.0, "village": 1.0, "mountain": 2.0, "pass": 1.0, "river": 5.0, "road": 5.0, "post": 1.0, "mine": 2.0,
    "lake": 5.0, "island": 10.0, "district": 20.0, "region": 50.0, "province": 60.0, "country": 300.0, "sea": 300.0,
}  # fmt: skip
"""Radius of a place whose source gives no extent: a convention, shown as one.

Units: below the circle of the mean unit. The land without Antarctica has 135 million km2; some 250 countries and
territories, 3,900 first-level and 46,000 second-level units (GeoNames countryInfo.txt, admin1CodesASCII.txt,
admin2Codes.txt) make circles of 415, 105 and 31 km, and most units are smaller than the mean. Others: round figures.
"""
_RANGE_KM = 20.0
_RANGES = ("MTS", "PKS", "HLLS")

OFFICIAL_SCRIPT = OWN_SCRIPT | dict.fromkeys(("BG", "BY", "KG", "KZ", "MK", "MN", "RS", "RU", "TJ", "UA"), "Cyrl")
"""Script of the official names of countries whose letters geomap.gazetteer.words romanises (CLDR, likelySubtags)."""

_WORDS = {
    "town": "town city municipality",
    "village": "village hamlet settlement locality populatedplace suburb neighbourhood neighborhood borough quarter",
    "district": "district county rayon raion localadmin municipalityarea macrocounty adm2 admin2",
    "province": "province state adm1 admin1 oblast governorate marz",
    "country": "country nation dependency sovereignstate",
    "region": "region macroregion area territory disputed continent empire plateau valley peninsula",
    "lake": "lake reservoir lagoon",
    "sea": "sea ocean gulf bay strait marinearea",
    "river": "river stream",
    "mountain": "mountain peak mount hill ridge volcano mountainrange",
    "pass": "pass saddle mountainpass",
    "mine": "mine quarry",
    "island": "island islet archipelago atoll",
    "road": "road highway street motorway",
    "post": "post checkpoint militarybase bordercrossing outpost",
}
_KIND_OF_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_KIND_OF_BARE_CODE = {code: kind for (_, code), kind in KIND_OF_CODE.items()}


def kind_of(feature_class: str, code: str, population: int | None) -> str | None:
    """Return the kind behind a GeoNames code, or None where geomap has none.

    A settlement of TOWN_FROM people is a town, and so is one that a country, province or district is run from.
    """
    kind = KIND_OF_CODE.get((feature_class, code))
    return "town" if kind == "village" and population and population >= TOWN_FROM else kind


def kind_of_word(word: str, population: int | None = None) -> tuple[str, str | None] | None:
    """Return (kind, feature code or None) for a gazetteer's word or GeoNames code, or None for one not known.

    >>> kind_of_word("hamlet"), kind_of_word("ADM1"), kind_of_word("P.PPL", 9_000), kind_of_word("bakery")
    (('village', None), ('province', 'ADM1'), ('town', 'PPL'), None)
    """
    plain = "".join(letter for letter in word.casefold() if letter.isalnum())
    if kind := plain if plain in KINDS else _KIND_OF_WORD.get(plain):
        return kind, None
    code = word.strip().rpartition(".")[2].upper()
    kind = _KIND_OF_BARE_CODE.get(code)
    if kind == "village" and (population or 0) >= TOWN_FROM:
        kind = "town"
    return (kind, code) if kind else None


def settlement_kind(population: int | None) -> str:
    """Return town or village, by population alone."""
    return "town" if (population or 0) >= TOWN_FROM else "village"


def radius_km(kind: str, population: int | None = None, code: str | None = None) -> float:
    """Return the conventional radius in km of a place whose extent is not known; of settlements by population."""
    if kind in SETTLEMENTS:
        people = population or 0
        for least, radius in RADIUS_KM:
            if people >= least:
                return radius
    return _RANGE_KM if code in _RANGES else KIND_RADIUS_KM[kind]
