"""GeoNames' dumps become places line by line; broken lines are set aside by number, and nothing is invented.

The lines are GeoNames' (geonames.org, CC BY 4.0), shortened.
"""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import GazetteerError
from geomap.gazetteer.readers.alternates import interval
from geomap.gazetteer.readers.dumps import read_admin1, read_dump
from geomap.gazetteer.readers.foreign import KEPT, Reading
from geomap.gazetteer.readers.languages import MAIN, Scripts, tag
from geomap.gazetteer.words.names import script
from geomap.types import Name, Place


def line(  # noqa: PLR0917
    number: object = 1, name: str = "Kent", others: str = "", lat: object = 39.5, lon: object = 46.5, letter: str = "P",
    code: str = "PPL", country: str = "AM", unit: str = "08", people: object = 0, ascii_name: str = "",
) -> str:  # fmt: skip
    cells = [number, name, ascii_name or name, others, lat, lon, letter, code, country, "", unit, "", "", "", people]
    return "\t".join(map(str, [*cells, "", "1375", "Asia/Yerevan", "2024-01-01"]))


GORIS = line(174895, "Goris", "GRS,Gorus,Geryusy,Goris,Горис,Գորիս", 39.51111, 46.34168, code="PPLA", people=20379)
SYUNIK = line(828264, "Syunik", "SYU,Syunik Province,Сюник", 39.25, 46.25, "A", "ADM1")
KUT = line(616075, "Kut", "Kut,Zarkand,Zerkend,Кут", 40.13, 45.86, unit="04", people=300)
ISHKHANASAR = line(174870, "Ishkhanasar", "Mets Ishkhanasar", 39.6, 46.2, "T", "MT")
HOTEL = line(99, "Hotel Goris", "", 39.5, 46.3, "S", "HTL")
LACHIN = line(147625, "Laçın", "Berdzor,Lachin", 39.63742, 46.54977, country="AZ", unit="41", ascii_name="Lacin")
DUMP = f"{GORIS}\n{SYUNIK}\n{KUT}\n{ISHKHANASAR}\n{HOTEL}\n{LACHIN}\n"

V2 = "\n".join(
    "\t".join(row)
    for row in [
        ("1", "174895", "hy", "Գորիս", "1", "", "", "", "", ""),
        ("2", "174895", "ru", "Горис", "", "", "", "", "", ""),
        ("3", "174895", "az", "Gorus", "", "", "", "", "", ""),
        ("4", "174895", "", "Geryusy", "", "", "", "1", "", "1924"),
        ("5", "174895", "iata", "GRS", "", "", "", "", "", ""),
        ("6", "174895", "wkdt", "Q208185", "", "", "", "", "", ""),
        ("7", "174895", "link", "https://en.wikipedia.org/wiki/Goris", "", "", "", "", "", ""),
        ("8", "174895", "en", "Goris", "", "", "", "", "", ""),
        ("9", "616075", "az", "Zərkənd", "", "", "", "", "1935", "19900401"),
        ("10", "616075", "", "Kut town", "", "", "1", "", "", ""),
        ("11", "147625", "hy", "Բերձոր", "1", "", "", "", "", ""),
        ("12", "147625", "ru", "Лачин", "", "", "", "", "", ""),
        ("13", "147625", "az", "Laçın şəhəri", "1", "", "", "", "", ""),
        ("14", "147625", "abbr", "LA", "", "", "", "", "", ""),
        ("15", "999999999", "en", "Elsewhere", "", "", "", "", "", ""),
    ]
)


def saved(folder: Path, text: str | bytes, name: str = "AM.txt") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def by_id(reading: Reading) -> dict[str, Place]:
    return {place.id: place for place in reading}


def test_a_country_file_gives_places_of_our_kinds(tmp_path: Path) -> None:
    reading = read_dump(saved(tmp_path, DUMP))
    places = by_id(reading)
    goris = places["gn:174895"]
    assert (goris.name, goris.country, goris.admin1, goris.kind) == ("Goris", "AM", "Syunik", "town")
    assert (goris.lon, goris.lat, goris.population, goris.feature) == (46.34168, 39.51111, 20379, "PPLA")
    assert (goris.radius_kind, goris.source) == ("convention", "GeoNames 174895")
    assert {place.id: place.kind for place in places.values()} == {
        "gn:174895": "town",
        "gn:828264": "province",
        "gn:616075": "village",
        "gn:174870": "mountain",
        "gn:147625": "village",
    }
    assert reading.version == "GeoNames AM.txt"
    assert reading.credits[0]["licence"] == "CC BY 4.0"


def test_what_is_left_out_on_purpose_is_counted(tmp_path: Path) -> None:
    reading = read_dump(saved(tmp_path, DUMP))
    list(reading)
    assert [(problem.code, problem.reason.split()[0], problem.set_aside) for problem in reading.problems] == [
        ("left_out", "1", False),  # GRS, an airport code
        ("left_out", "1", False),  # the hotel
    ]


def test_unlabelled_names_get_their_script_and_own_ones_read_like_the_official_name(tmp_path: Path) -> None:
    places = by_id(read_dump(saved(tmp_path, DUMP)))
    assert places["gn:174895"].names == (
        Name("Gorus", "Latn", "variant"),
        Name("Geryusy", "Latn", "variant"),
        Name("Горис", "Cyrl", "variant"),
        Name("Գորիս", "Armn", "own"),
    )
    assert [name.text for name in places["gn:828264"].names] == [
        "SYU",
        "Syunik Province",
        "Сюник",
    ]  # a unit's short name


def test_first_level_units_come_from_the_dump_from_a_file_or_from_a_mapping(tmp_path: Path) -> None:
    path = saved(tmp_path, DUMP.replace("\tADM1\tAM\t\t08", "\tADM1\tAM\t\t04"))
    assert by_id(read_dump(path))["gn:616075"].admin1 == "Syunik"
    units = saved(tmp_path, "AM.08\tSiunik\tSiunik\t828264\nAZ.41\tLaçın\tLacin\t1\n", "admin1CodesASCII.txt")
    assert by_id(read_dump(path, admin1=units))["gn:174895"].admin1 == "Siunik"
    assert by_id(read_dump(path, admin1={("AZ", "41"): "Lachin"}))["gn:147625"].admin1 == "Lachin"
    with pytest.raises(GazetteerError, match="no code like AM"):
        read_admin1(path)


def test_countries_and_classes_limit_what_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path, DUMP)
    assert set(by_id(read_dump(path, countries=["az"]))) == {"gn:147625"}
    assert set(by_id(read_dump(path, classes="AT"))) == {"gn:828264", "gn:174870"}


@pytest.fixture
def named(tmp_path: Path) -> dict[str, Place]:
    return by_id(read_dump(saved(tmp_path, DUMP), names=saved(tmp_path, V2, "alternateNamesV2.txt")))


def test_alternate_names_bring_languages_kinds_and_years(named: dict[str, Place]) -> None:
    assert named["gn:174895"].names == (
        Name("Գորիս", "hy", "own"),
        Name("Горис", "ru", "russian"),
        Name("Gorus", "az", "other"),
        Name("Geryusy", "Latn", "historic", "../1924"),
    )
    assert named["gn:616075"].names == (
        Name("Kut town", "Latn", "variant"),
        Name("Zərkənd", "az", "historic", "1935/1990-04-01"),
    )


@pytest.mark.parametrize(
    ("language", "text", "preferred", "kind"),
    [
        ("hy", "Գորիս", "", "own"),  # reads like the official name
        ("hy", "Գերուսի", "1", "own"),  # preferred in the country's language
        ("hy", "Գերուսի", "", "variant"),
        ("az", "Gorus", "1", "other"),
        ("ru", "Горис", "1", "russian"),
        ("", "Գորիս", "", "own"),
        ("", "Gorys", "", "variant"),
    ],
)
def test_what_makes_a_name_an_own_one(tmp_path: Path, language: str, text: str, preferred: str, kind: str) -> None:
    row = f"1\t174895\t{language}\t{text}\t{preferred}" + "\t" * 5
    places = by_id(read_dump(saved(tmp_path, DUMP), names=saved(tmp_path, row, "V2.txt")))
    assert [(name.text, name.kind) for name in places["gn:174895"].names] == [(text, kind)]


def test_the_other_community_s_name_is_never_an_own_name(named: dict[str, Place]) -> None:
    kinds = {name.text: name.kind for name in named["gn:147625"].names}
    assert kinds == {"Laçın şəhəri": "own", "Лачин": "russian", "Բերձոր": "other", "Lacin": "variant"}


def test_codes_links_and_two_letter_abbreviations_are_no_names(named: dict[str, Place]) -> None:
    texts = {name.text for place in named.values() for name in place.names}
    assert not texts & {"GRS", "Q208185", "LA", "Elsewhere"}
    assert not any("wikipedia" in text for text in texts)


def test_a_table_of_codes_alone_gives_no_names(tmp_path: Path) -> None:
    codes = "1\t174895\tiata\tGRS" + "\t" * 6
    reading = read_dump(saved(tmp_path, DUMP), names=saved(tmp_path, codes, "V2.txt"))
    assert {place.names for place in reading if place.id == "gn:174895"} == {()}
    assert [problem.reason.split()[0] for problem in reading.problems if (problem.file or "").endswith("V2.txt")] == [
        "1"
    ]


def test_broken_names_are_set_aside_in_their_own_file(tmp_path: Path) -> None:
    names = saved(tmp_path, V2 + "\n16\tgoris\ten\tX" + "\t" * 6 + "\n17\t174895\ten\n", "alternateNamesV2.txt")
    reading = read_dump(saved(tmp_path, DUMP), names=names)
    assert len(list(reading)) == 5
    aside = [(problem.file, problem.row) for problem in reading.problems if problem.set_aside]
    assert aside == [(str(names), 16), (str(names), 17)]


@pytest.mark.parametrize(
    ("start", "end", "valid"),
    [
        ("1935", "1990", "1935/1990"),
        ("1935", "", "1935/.."),
        ("", "20230928", "../2023-09-28"),
        ("1935-05", "1990-12-31", "1935-05/1990-12-31"),
        ("", "", ""),
        ("ca. 1900", "soon", ""),
        ("19351340", "1990", "../1990"),
    ],
)
def test_years_of_use_are_iso_8601_or_not_known(start: str, end: str, valid: str) -> None:
    assert interval(start, end) == valid


BROKEN = [
    (line(2, ""), "name", "empty"),
    (line(2, "x" * 1001), "name", "more than 1,000"),
    (line("two"), "geonameid", "'two'"),
    (line(-2), "geonameid", "'-2'"),
    (line(2, lat=91), "latitude", "'91'"),
    (line(2, lat="north"), "latitude", "'north'"),
    (line(2, lon="nan"), "longitude", "'nan'"),
    (line(2, lon=1e9), "longitude", "'1000000000.0'"),
    (line(2, people=-1), "population", "'-1'"),
    (line(2, people="many"), "population", "'many'"),
    (line(2, people="9" * 5000), "population", "'99999999999999999999'"),
    (line(2, country="ARM"), "country code", "'ARM'"),
    ("1\tKent\t46.5", None, "3 columns"),
    (line(2) + "\textra", None, "20 columns"),
]


@pytest.mark.parametrize(("broken", "column", "reason"), BROKEN)
def test_a_broken_line_is_set_aside_by_number_and_reason(
    tmp_path: Path, broken: str, column: str | None, reason: str
) -> None:
    path = saved(tmp_path, f"# a comment\n\n{GORIS}\n{broken}\n{KUT}\n")
    reading = read_dump(path)
    assert [place.id for place in reading] == ["gn:174895", "gn:616075"]
    (problem,) = [problem for problem in reading.problems if problem.set_aside]
    assert (problem.file, problem.row, problem.column) == (str(path), 4, column)
    assert reason in problem.reason


@pytest.mark.parametrize("damage", [b"\xff\xfe", b"\x00", b"\xd4"])
def test_bytes_that_are_no_text_cost_their_line_alone(tmp_path: Path, damage: bytes) -> None:
    lines = [GORIS.encode(), line(2, "K?nt").encode().replace(b"?", damage), KUT.encode()]
    reading = read_dump(saved(tmp_path, b"\r\n".join(lines)))
    assert [place.id for place in reading] == ["gn:174895", "gn:616075"]
    assert [problem.row for problem in reading.problems if problem.code == "bad_encoding"] == [2]


def test_only_so_many_broken_lines_are_listed_and_the_others_counted(tmp_path: Path) -> None:
    reading = read_dump(saved(tmp_path, "\n".join([GORIS, *["broken"] * (KEPT + 234)])))
    assert len(list(reading)) == 1
    assert reading.set_aside == KEPT + 234
    assert sum(problem.set_aside for problem in reading.problems) == KEPT
    assert any(problem.reason == "234 more lines were set aside" for problem in reading.problems)


def test_line_numbers_hold_beyond_the_first_megabytes(tmp_path: Path) -> None:
    filler = f"# {'x' * 998}\n" * 2_500  # 2.5 MB
    path = saved(tmp_path, f"{GORIS}\n{filler}broken\n{KUT}\n")
    reading = read_dump(path)
    assert [place.id for place in reading] == ["gn:174895", "gn:616075"]
    assert [problem.row for problem in reading.problems if problem.set_aside] == [2_502]


def test_a_header_line_is_no_place(tmp_path: Path) -> None:
    header = "\t".join(["geonameid", "name", "asciiname", "alternatenames", *("x" * 15)])
    reading = read_dump(saved(tmp_path, f"{header}\n{GORIS}\n"))
    assert [place.id for place in reading] == ["gn:174895"]
    assert not [problem for problem in reading.problems if problem.set_aside]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (V2, "found|first line has 10.*goes with a dump as its names"),
        ("AM.08\tSyunik\tSyunik\t828264\n", "admin1CodesASCII"),
        ("AM\t3201\tGoris" + "\t" * 9, "postal codes"),
        ("id,name\n1,Goris\n", "expected 19 columns separated by tabs, the first line has 1"),
        ("\n\n", "no line of text"),
        ("", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no GeoNames dump|no line"),
    ],
)
def test_a_file_that_is_no_dump_is_refused_by_what_it_is(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(GazetteerError, match=words) as error:
        read_dump(saved(tmp_path, text))
    assert "AM.txt" in str(error.value)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(GazetteerError):
            read_dump(path)
    with pytest.raises(GazetteerError, match="no such file"):
        list(read_dump(saved(tmp_path, DUMP), names=tmp_path / "none.txt"))
    with pytest.raises(GazetteerError, match="no GeoNames table of alternate names"):
        list(read_dump(saved(tmp_path, DUMP), names=saved(tmp_path, "a\tb\n", "V2.txt")))


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_archives_as_geonames_offers_them_are_read_as_they_are(tmp_path: Path) -> None:
    plain = by_id(read_dump(saved(tmp_path, DUMP)))
    archive = zipped(tmp_path / "AM.zip", {"readme.txt": "Readme for GeoNames", "AM.txt": DUMP})
    packed = tmp_path / "AM.txt.gz"
    packed.write_bytes(gzip.compress(DUMP.encode()))
    assert by_id(read_dump(archive)) == by_id(read_dump(packed)) == plain
    names = zipped(tmp_path / "alternateNamesV2.zip", {"iso-languagecodes.txt": "x", "alternateNamesV2.txt": V2})
    assert by_id(read_dump(archive, names=names))["gn:174895"].names[0] == Name("Գորիս", "hy", "own")


def test_archives_that_are_damaged_or_unpack_without_end_are_refused(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "bomb.zip", {"bomb.txt": b"\t" * 50_000_000})
    with pytest.raises(GazetteerError, match="unpacks to more than 100 times its size"):
        read_dump(bomb)
    packed = tmp_path / "bomb.txt.gz"
    packed.write_bytes(gzip.compress(GORIS.encode() + b"\n#" * 25_000_000))
    with pytest.raises(GazetteerError, match="unpacks to more than 100 times its size"):
        list(read_dump(packed))
    cut = saved(tmp_path, zipped(tmp_path / "AM.zip", {"AM.txt": DUMP}).read_bytes()[:-40], "cut.zip")
    with pytest.raises(GazetteerError, match="cannot be read"):
        read_dump(cut)
    several = zipped(tmp_path / "several.zip", {"a.txt": DUMP, "b.txt": DUMP})
    with pytest.raises(GazetteerError, match=r"without one table of places; it holds a\.txt, b\.txt"):
        read_dump(several)


TEXTS = st.text(st.characters(exclude_characters="\t\n\r\0,", exclude_categories=["Cs"]), min_size=1, max_size=30)
STRIPPED = TEXTS.map(str.strip).filter(lambda text: text and not text.startswith("#"))


@given(
    number=st.integers(1, 2**40), name=STRIPPED, others=st.lists(STRIPPED, max_size=4),
    lat=st.floats(-90, 90), lon=st.floats(-180, 180), people=st.integers(0, 10**9),
)  # fmt: skip
def test_a_line_is_read_back_as_it_was_written(  # noqa: PLR0917
    tmp_path_factory: pytest.TempPathFactory, number: int, name: str, others: list[str], lat: float, lon: float,
    people: int,
) -> None:  # fmt: skip
    text = line(number, name, ",".join(others), lat, lon, people=people)
    (place,) = read_dump(saved(tmp_path_factory.mktemp("dump"), text))
    assert (place.id, place.name, place.lat, place.lon) == (f"gn:{number}", name, lat, lon)
    assert place.population == (people or None)
    assert {each.text for each in place.names} <= set(others)
    assert {each for each in others if len(each) != 3} - {name} <= {each.text for each in place.names}


@given(st.binary(max_size=400), st.booleans())
def test_no_bytes_raise_anything_but_a_gazetteer_error(
    tmp_path_factory: pytest.TempPathFactory,
    data: bytes,
    behind: bool,  # noqa: FBT001
) -> None:
    folder = tmp_path_factory.mktemp("dump")
    path = saved(folder, GORIS.encode() + b"\n" + data if behind else data)
    try:
        places = list(read_dump(path, names=saved(folder, V2.encode() + b"\n" + data, "V2.txt")))
    except GazetteerError:
        assert not behind
    else:
        assert places[0].id == "gn:174895"


@given(st.text(max_size=20))
def test_scripts_are_those_of_names_script(text: str) -> None:
    assert Scripts()(text) == script(text)


@pytest.mark.parametrize(
    ("given_tag", "language"),
    [
        ("hye", "hy"), ("rus", "ru"), ("aze", "az"), ("zh-Hant", "zh-Hant"), ("zho", "zh"), ("kmr", "ku"),
        ("und", ""), ("", ""), ("post", None), ("fr_1793", None), ("x", None),
    ],
)  # fmt: skip
def test_language_tags_are_in_their_shortest_form(given_tag: str, language: str | None) -> None:
    assert tag(given_tag) == language


def test_countries_have_their_most_spoken_language() -> None:
    assert [MAIN[country] for country in ("AM", "AZ", "GE", "RU", "UA", "IR", "TR")] == [
        "hy", "az", "ka", "ru", "uk", "fa", "tr",
    ]  # fmt: skip
