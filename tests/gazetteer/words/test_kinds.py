"""The word for a kind of place is told from the name it stands with."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geomap.gazetteer.words.kinds import KINDS, without_kind

SPLIT = [
    ("Lake Sevan", "Sevan", "lake"),
    ("Sevan Lake", "Sevan", "lake"),
    ("Lake of the Ozarks", "Ozarks", "lake"),
    ("lac de Sevan", "Sevan", "lake"),
    ("Sevan gölü", "Sevan", "lake"),
    ("Սևանա լիճ", "Սևանա", "lake"),
    ("озеро Севан", "Севан", "lake"),
    ("оз. Севан", "Севан", "lake"),
    ("دریاچه ارومیه", "ارومیه", "lake"),
    ("Lachin district", "Lachin", "district"),
    ("the Lachin district", "Lachin", "district"),
    ("Laçın rayonu", "Laçın", "district"),
    ("Laçın rayonunda", "Laçın", "district"),
    ("Лачинский район", "Лачинский", "district"),
    ("Лачинский р-н", "Лачинский", "district"),
    ("в Лачинском районе", "Лачинском", "district"),
    ("Iğdır ilçesi", "Iğdır", "district"),
    ("გორის მუნიციპალიტეტი", "გორის", "district"),
    ("Gegharkunik Province", "Gegharkunik", "province"),
    ("Gegharkunik marz", "Gegharkunik", "province"),
    ("Գեղարքունիքի մարզ", "Գեղարքունիքի", "province"),
    ("استان اردبیل", "اردبیل", "province"),
    ("Syunik region", "Syunik", "province"),
    ("Харківська область", "Харківська", "province"),
    ("Донецкая обл.", "Донецкая", "province"),
    ("province of La Rioja", "La Rioja", "province"),
    ("Gold Coast region", "Gold Coast", "region"),
    ("Sotk gold mine", "Sotk", "mine"),
    ("Sotk mine, the", "Sotk", "mine"),
    ("mount Ishkhanasar", "Ishkhanasar", "mountain"),
    ("Mt. Ararat", "Ararat", "mountain"),
    ("гора Арарат", "Арарат", "mountain"),
    ("İşıqlı dağı", "İşıqlı", "mountain"),
    ("Զոդի լեռնանցք", "Զոդի", "pass"),
    ("Vardenyats Pass", "Vardenyats", "pass"),
    ("village of Sotk", "Sotk", "village"),
    ("the village of Sotk", "Sotk", "village"),
    ("City of Goris", "Goris", "town"),
    ("Goris, city of", "Goris", "town"),
    ("Goris (town)", "Goris", "town"),
    ("Jermuk community", "Jermuk", "town"),
    ("Ջերմուկ համայնք", "Ջերմուկ", "town"),
    ("Zəylik kəndi", "Zəylik", "village"),
    ("Zəylik kəndində", "Zəylik", "village"),
    ("г. Горис", "Горис", "town"),
    ("г.Горис", "Горис", "town"),
    ("с. Тех", "Тех", "village"),
    ("пгт. Красносельск", "Красносельск", "town"),
    ("село Сотк", "Сотк", "village"),
    ("Сотк, село", "Сотк", "village"),
    ("в селе Сотк", "Сотк", "village"),
    ("Սոթք գյուղ", "Սոթք", "village"),
    ("ք. Գորիս", "Գորիս", "town"),
    ("სოფელი კოდა", "კოდა", "village"),
    ("روستای سوتک", "سوتک", "village"),
    ("قرية الزيتون", "الزيتون", "village"),
    ("ville de Goris", "Goris", "town"),
    ("Stadt Goris", "Goris", "town"),
    ("Ciudad de Goris", "Goris", "town"),
    ("Vorotan River", "Vorotan", "river"),
    ("р. Воротан", "Воротан", "river"),
    ("Black Sea", "Black", "sea"),
    ("Sea of Azov", "Azov", "sea"),
    ("Gulf of Oman", "Oman", "sea"),
    ("Strait of Hormuz", "Hormuz", "sea"),
    ("Sevan Island", "Sevan", "island"),
    ("Crimean peninsula", "Crimean", "region"),
    ("Goris-Kapan highway", "Goris-Kapan", "road"),
    ("Yeraskh checkpoint", "Yeraskh", "post"),
    ("Upper Shorzha village", "Upper Shorzha", "village"),
    ("Republic of Armenia", "Armenia", "country"),
]
ALONE = [
    "Sevan", "Lake", "the lake", "district", "in the district", "Verin Shorzha", "Nor Geghi", "Yukhari Ayrim", "", " ",
    "of the lake", "Lakeside", "г Горис", "с Тех", "Հ. Ք.", "J. Smith", "St. Petersburg", "D. C.", ".", "г.",
    "R. Goris", "Lake of", "- lake",
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "kind"), SPLIT)
def test_the_word_for_a_kind_is_split_off(text: str, name: str, kind: str) -> None:
    named = without_kind(text)
    assert named is not None
    assert named.name == name
    assert kind in named.kinds


@pytest.mark.parametrize("text", ALONE)
def test_a_name_without_such_a_word_is_left_alone(text: str) -> None:
    assert without_kind(text) is None


@given(st.text("гс.оЛакеlake oftheрн-д,()\ud800 ", max_size=30))
@example("lake " * 2000)
@example("x" + "," * 20000 + "y")
@example("г." * 5000)
def test_what_is_split_is_shorter_and_of_a_known_kind(text: str) -> None:
    named = without_kind(text)
    if named is not None:
        assert named.name.strip()
        assert len(named.name) < len(text)
        assert set(named.kinds) <= set(KINDS)
