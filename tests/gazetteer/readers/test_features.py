"""Feature codes and other gazetteers' words lead to our kinds; what is not known leads nowhere."""

from __future__ import annotations

import pytest

from geomap.gazetteer.readers.features import (
    CLASSES,
    KIND_OF_CODE,
    KIND_RADIUS_KM,
    kind_of,
    kind_of_word,
    radius_km,
    settlement_kind,
)
from geomap.gazetteer.words.kinds import KINDS


@pytest.mark.parametrize(
    ("feature_class", "code", "population", "kind"),
    [
        ("P", "PPL", 900, "village"),
        ("P", "PPL", 20_379, "town"),
        ("P", "PPLC", None, "town"),
        ("P", "PPLQ", 0, "village"),
        ("A", "ADM1", 76_000, "province"),
        ("A", "ADM2", None, "district"),
        ("A", "PCLI", 3_000_000, "country"),
        ("H", "LK", None, "lake"),
        ("H", "RSV", None, "lake"),
        ("H", "SEA", None, "sea"),
        ("H", "STM", None, "river"),
        ("T", "MT", None, "mountain"),
        ("T", "PASS", None, "pass"),
        ("T", "ISL", 4_000, "island"),
        ("S", "MNAU", None, "mine"),
        ("S", "PSTB", None, "post"),
        ("R", "RD", None, "road"),
        ("L", "RGN", None, "region"),
        ("S", "MNMT", None, None),  # a monument is no mine
        ("S", "HTL", None, None),
        ("A", "PPL", 900, None),
        ("", "", None, None),
    ],
)
def test_geonames_codes(feature_class: str, code: str, population: int | None, kind: str | None) -> None:
    assert kind_of(feature_class, code, population) == kind


def test_every_kind_behind_a_code_is_ours_and_has_a_radius() -> None:
    for (feature_class, code), kind in KIND_OF_CODE.items():
        assert kind in KINDS, code
        assert feature_class in CLASSES, code
        assert radius_km(kind, None, code) > 0
    assert set(KIND_RADIUS_KM) == set(KINDS)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("village", ("village", None)),
        ("Hamlet", ("village", None)),
        ("mountain range", ("mountain", None)),
        ("localadmin", ("district", None)),
        ("Military base", ("post", None)),
        ("adm1", ("province", None)),
        ("A.ADM1", ("province", "ADM1")),
        ("P.PPL", ("village", "PPL")),
        ("LK", ("lake", "LK")),
        ("bakery", None),
        ("", None),
        ("12", None),
    ],
)
def test_words_of_other_gazetteers(word: str, kind: tuple[str, str | None] | None) -> None:
    assert kind_of_word(word) == kind


def test_a_settlement_s_radius_grows_with_its_people_and_others_do_not() -> None:
    assert radius_km("village", 300) < radius_km("town", 20_379) < radius_km("town", 1_000_000)
    assert radius_km("lake", 300) == radius_km("lake", 1_000_000)
    assert radius_km("mountain", None, "MTS") > radius_km("mountain", None, "MT")
    assert (settlement_kind(None), settlement_kind(4_999), settlement_kind(5_000)) == ("village", "village", "town")
