"""Spellings of one name meet under a common key; names that differ do not."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geomap import shipped
from geomap.gazetteer.words.names import (
    filed_keys,
    filed_keys_of_all,
    fold,
    query_keys,
    query_keys_of_all,
    rival_keys,
    romanise,
    romanise_all,
    script,
    skeleton,
    tidy,
)

SPELLINGS = [
    "Jermuk Djermuk Dzhermuk Djermouk Dschermuk Jermowk Cermuk JERMUK Ջերմուկ Джермук Џермук Džermuk Dzermuk ǰermuk",
    "Kalbajar Kəlbəcər KƏLBƏCƏR Kälbäcär Kalbadjar Кәлбәҹәр",
    "Kəlbəcər Kelbajar Kalbajar Kelbecer Келбаджар Кельбаджар",
    "Karvachar Քարվաճառ K'arvač̣aṙ Karvatchar Карвачар",
    "Lachin Laçın Lachyn Latschin Лачин Лачын LAÇIN Լաչին Laçîn",
    "Sotk Սոթք Sot'k' Sot’k’ Sotʿkʿ Sotq Сотк",
    "Tegh Teğ Teł Teġ Տեղ Teg",
    "Khndzoresk Xndzoresk Xnjoresk Խնձորեսկ Хндзореск",
    "Gegharkunik Geğarkunik Gegarkunik Geġark'unik' Gełarkʿunikʿ Գեղարքունիք Гегаркуник",
    "Noyemberyan Noemberyan Նոյեմբերյան Ноемберян Noyemberian",
    "Ijevan Idjevan Idzhevan Իջևան Иджеван",
    "Yeghegnadzor Egegnadzor Eghegnadzor Ełegnajor Եղեգնաձոր Егегнадзор",
    "Yuxarı-Ayrım Yukhari-Ayrim Yukhary-Ayrym YUXARI-AYRIM",
    "Şorca Shorzha Shorja Shorca Շորժա Шоржа Шорджа",
    "Zərkənd Zarkand Зарканд",
    "İstisu Istisu istisu ISTISU İSTİSU Истису",
    "Qazax Gazakh Газах",
    "Qubadlı Gubadli Губадлы",
    "Cəbrayıl Jabrayil Jebrayil Cebrayil Ҹәбрајыл Джебраил",
    "Ağdam Aghdam Agdam Агдам Աղդամ",
    "Xankəndi Khankendi Hankendi Ханкенди",
    "Yerevan Erevan Երևան Երեւան Ереван Єреван Erewan",
    "Voskepar Ոսկեպար ՈՍԿԵՊԱՐ Воскепар",
    "Şuşa Shusha Susa Шуша Šuša Schuscha",
    "Syunik Սյունիք Սիւնիք Сюник",
    "Ayrk Այրք Airk Айрк",
    "Chambarak Ճամբարակ Č̣ambarak Tchambarak Чамбарак",
    "Tbilisi თბილისი Тбилиси",
    "Łódź Lodz Лодзь",
    "Malyi Малый Maliy Малий",
    "لاچین لاچين لا‌چین لاچیـن",
    "الموصل موصل المُوصِل",
    "آغدام اغدام أغدام",
]
"""A name as it is filed, and how people write it."""
RIVALS = [
    ("Tegh", "Tex"), ("Tegh", "Тех"), ("Tex", "Tegh"), ("Hayravank", "Airavank"), ("Airavank", "Hayravank"),
    ("Martakert", "Mardakert"), ("Mardakert", "Martakert"), ("Vayots Dzor", "Vayoc Jor"),
    ("Syunik", "Sjunik"), ("Hrazdan", "Раздан"), ("Gumri", "Gyumri"), ("Luhansk", "Луганськ"), ("Göytəpə", "Goeytəpə"),
    ("Kalbajar", "Кяльбаджар"), ("Tsqaltubo", "Цхалтубо"), ("Dzhermukski", "Dzhermukskij"),
]  # fmt: skip
"""A name as it is filed, and a spelling that meets it only by a rarer habit."""
DIFFERENT = [
    ("Goris", "Gori"), ("Sotk", "Zod"), ("Kapan", "Ghapan"), ("Akner", "Agarak"), ("Verin Shorzha", "Shorzha"),
    ("Kut", "Kyut"), ("Sisian", "Sisavan"), ("Azat", "Azad"), ("Vahan", "Van"), ("Ani", "Hani"), ("Areni", "Arni"),
    ("Tavush", "Tovuz"), ("Vorotan", "Vortan"), ("Kechut", "Kachut"), ("Shurnukh", "Shinuhayr"), ("Baku", "Bako"),
    ("Berd", "Berdzor"), ("Martuni", "Martakert"), ("District 1", "District 11"), ("Artashat", "Artashen"),
    ("Ashtarak", "Khashtarak"), ("Oni", "Khoni"), ("Poti", "Koti"), ("Barda", "Berd"),
]  # fmt: skip
LETTERS = st.text("AaÇçƏəĞğIıİiŞşXxԱաԲբԵեՈոՒւՔքАаЙйЁёҸҹაბჯ'’ʻ- \u0301\u200b", max_size=20)
LATIN = st.text("dzhjkgtscowuyeaqxDZH", max_size=12)
LETTERLESS = ["", " ", "-", "’", "\u200b", "\u202e", "...", "\x00", "\n", "🎉", "\ud800", "\u0301", "ـ"]


def official_names() -> list[tuple[str, bool]]:
    """Return the official names of the shipped extract, each with whether it is Azerbaijan's."""
    path = shipped.data("gazetteer", "geonames", "places.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row["name"], row["country"] == "AZ") for row in rows]


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_a_spelling_finds_the_name_as_filed(spellings: str) -> None:
    name, *queries = spellings.split()
    filed = set(filed_keys(name, azerbaijani=True))
    assert [query for query in queries if filed.isdisjoint(query_keys(query))] == []


@pytest.mark.parametrize(("name", "query"), RIVALS)
def test_a_rarer_spelling_finds_it_second(name: str, query: str) -> None:
    filed = set(filed_keys(name))
    assert filed.isdisjoint(query_keys(query))
    assert filed.intersection(rival_keys(query))


@pytest.mark.parametrize(("armenian", "russian"), [("Տեղ", "Тех"), ("Հայրավանք", "Айраванк"), ("Հրազդան", "Раздан")])
def test_armenian_letters_are_filed_as_russian_spells_them_too(armenian: str, russian: str) -> None:
    assert set(filed_keys(armenian)).intersection(query_keys(russian))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_do_not_meet(one: str, other: str) -> None:
    for name, query in ((one, other), (other, one)):
        assert set(filed_keys(name, azerbaijani=True)).isdisjoint(query_keys(query))
        assert {*filed_keys(name), *query_keys(name)}.isdisjoint({*filed_keys(query), *query_keys(query)})


def test_few_official_names_of_the_region_share_a_key() -> None:
    """Of 1,034 distinct names, four pairs: three are rival spellings of one word, and Dalar is not Dallar."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for name, azerbaijani in official_names():
        for key in filed_keys(name, azerbaijani=azerbaijani):
            bearers[key].add(fold(name))
    assert len(set.union(*bearers.values())) > 1000
    shared = {frozenset(names) for names in bearers.values() if len(names) > 1}
    assert shared == {
        frozenset(pair.split()) for pair in ("gobustan qobustan", "cinarli chinarli", "avsar avshar", "dalar dallar")
    }


def test_an_official_name_rarely_finds_another_second() -> None:
    names = official_names()
    bearers: dict[str, set[str]] = defaultdict(set)
    for name, azerbaijani in names:
        for key in filed_keys(name, azerbaijani=azerbaijani):
            bearers[key].add(name)
    strays = [name for name, _ in names if any(bearers.get(key, set()) - {name} for key in rival_keys(name))]
    assert set(strays) <= {"Ashtarak", "Oni"}


def test_most_names_are_filed_under_one_key() -> None:
    filed = filed_keys_of_all(
        [name for name, _ in official_names()], [azerbaijani for _, azerbaijani in official_names()]
    )
    assert sum(map(len, filed)) < 1.5 * len(filed)


def test_the_most_faithful_key_comes_first() -> None:
    assert query_keys("Cermuk") == ("cermuk", "jermuk")
    assert query_keys("Şuşa") == ("shusha", "susa")
    assert query_keys("Goris") == ("goris",)
    assert filed_keys("Sotq") == ("sotk",)


@pytest.mark.parametrize("name", LETTERLESS)
def test_a_name_without_letters_has_no_key(name: str) -> None:
    assert filed_keys(name, azerbaijani=True) == query_keys(name) == rival_keys(name) == ()
    assert skeleton(name) is None


@given(st.text(max_size=40))
@example("\u0130\u05c2\u0e49")
@example("ՈՒու Ու \ud800")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert tidy(tidy(text)) == tidy(text)
    assert romanise(romanise(text)) == romanise(text)


@given(LATIN)
@example("stsch")
@example("dzzhkkh")
def test_evening_out_twice_changes_nothing(text: str) -> None:
    assert romanise(romanise(text)) == romanise(text)
    read = romanise(text, azerbaijani=True)
    assert romanise(read, azerbaijani=True) == read


@given(LETTERS)
def test_case_is_forgotten_in_every_script(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)
    assert romanise(text.upper()) == romanise(text.lower())


@given(st.lists(st.text(max_size=20), max_size=8), st.booleans())
@example(["a\nb", "", "Şuşa\r", "جرموک"], True)
def test_many_names_are_keyed_as_one_by_one(texts: list[str], azerbaijani: bool) -> None:  # noqa: FBT001
    assert romanise_all(texts) == [romanise(text) for text in texts]
    assert query_keys_of_all(texts) == [query_keys(text) for text in texts]
    one_by_one = [filed_keys(text, azerbaijani=azerbaijani) for text in texts]
    assert filed_keys_of_all(texts, azerbaijani) == filed_keys_of_all(texts, [azerbaijani] * len(texts)) == one_by_one


@given(st.text(max_size=40))
def test_keys_are_distinct_and_never_blank(text: str) -> None:
    for found in (filed_keys(text, azerbaijani=True), query_keys(text), rival_keys(text)):
        assert len(set(found)) == len(found) <= 16
        assert all(key == key.strip() and key for key in found)
    assert set(rival_keys(text)).isdisjoint(query_keys(text))


@pytest.mark.parametrize("piece", ["a", "ab ", "dzh", "ու", "ال", "\u0301", "hա", "ə-", "ـ", "\u202e", "1"])
def test_a_very_long_name_is_keyed_all_the_same(piece: str) -> None:
    text = piece * 5000
    assert len(query_keys(text)) == len(query_keys(piece))
    assert all(len(key) <= 5 * len(text) for key in (*filed_keys(text, azerbaijani=True), *rival_keys(text)))


@pytest.mark.parametrize(
    ("arabic", "other"),
    [("جرموک", "Jermuk"), ("جرموك", "Ջերմուկ"), ("لاچین", "Laçın"), ("لاتشين", "Lachin"), ("کلبجر", "Kalbajar"),
     ("سیسیان", "Sisian"), ("شماخی", "Şamaxı"), ("باکسان", "Baksan"), ("تبریز", "Tabriz"), ("اصفهان", "Esfahan"),
     ("الموصل", "Mosul"), ("قازاخ", "Gazakh")],
)  # fmt: skip
def test_arabic_script_meets_the_others_by_consonants_alone(arabic: str, other: str) -> None:
    assert set(filed_keys(other)).isdisjoint(query_keys(arabic))
    assert skeleton(arabic) == skeleton(other)


def test_a_skeleton_is_never_a_romanised_key() -> None:
    assert filed_keys("جرموک") == ("جرموک", "=jrmk")
    assert query_keys("=jrmk") == ("jrmk",)
    assert skeleton("باکو") is skeleton("Baku") is None
    assert skeleton("Cəbrayıl", azerbaijani=True) == "=jbrl"


def test_digits_of_every_script_are_one() -> None:
    assert romanise("Site ١٢") == romanise("Site ۱۲") == romanise("site 12") == "site 12"


def test_hyphen_blank_and_apostrophe_are_evened_out() -> None:
    assert fold("Nerk’in-Shorzha") == fold("nerkin  shorzha") == "nerkin shorzha"


def test_unseen_characters_are_no_part_of_a_name() -> None:
    assert fold("\u202eGo\u200bris\x00") == romanise("\u202eGo\u200bris\x00") == "goris"
    assert tidy(" Go\u200bris\u00ad ") == "goris"
    assert fold("Goris\ufe0f") == romanise("Gor\U000e0101is") == tidy("Goris\ufe0f") == "goris"
    assert fold("Go\u3164ris") == romanise("\u115fGoris") == tidy("Goris\uffa0") == "goris"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Goris", "Latn"), ("Գորիս", "Armn"), ("Горис", "Cyrl"), ("გორისი", "Geor"), ("گوریس", "Arab"), ("Ǝ2", "Latn"),
     ("ゴリス", "Kana"), ("Goрис", "Zyyy"), ("12", "Zyyy"), ("", "Zyyy")],
)  # fmt: skip
def test_script_is_told_by_the_letters(name: str, expected: str) -> None:
    assert script(name) == expected
