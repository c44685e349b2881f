"""Whatever stands where a name should: a plain answer in bounded time, never a traceback, never an invented place."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from geomap import find_places
from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.building import build_index

Ran = subprocess.CompletedProcess[str]
MOST_S = 2.0
OPEN, CLOSE = chr(123), chr(125)
NO_PLACES = {
    "empty": "", "blanks": "  \t ", "unusual blanks": "\u00a0\u2003\u3000", "one letter": "a", "two letters": "zz",
    "10 kB": "Goris " * 1700, "1 MB": "x" * 10**6, "1 MB of words": "a " * 500_000, "emoji": "🙂🙃🇦🇲", "NUL": "\x00",
    "controls": "\x01\x1b[31m\x7f", "lone surrogate": "\ud800", "override": "\u202e\u202d\u2066\u2069",
    "zero width": "\u200b\u200c\u200d\ufeff", "marks": "\u0301" * 300, "a flood of marks": "x" + "\u0301" * 100_000,
    "Arabic marks": "\u064b" * 399, "digits": "123456789", "Arabic digits": "١٢٣", "fractions": "½²Ⅷ①",
    "punctuation": "!?.,;:-—…·", "SQL": "'; DROP TABLE place; --", "SQL wildcards": "%_%", "a quote": '"',
    "printf": "%s%n",    "braces": f"{OPEN * 2}7*7{CLOSE * 2}", "markup": "<script>alert(1)</script>",
    "a path": "../../etc/passwd",
    "null": "null", "nan": "nan", "None": "None", "formula": "=1+1", "two lines": "Goris\nSotk",
    "jamo": "\u1100" * 10_000,    "private use": "\ue000\uffff\U0010ffff", "brackets": "(" * 400, "hyphens": "-" * 400,
    "dotted": "İ" * 400,
    "ligatures": "\ufdfa" * 22, "a long number": f"{'9' * 300} km east of Goris", "nested": "near " * 80,
    "many names": "Goris and " * 39, "halves": "A-" * 199, "a loop": "5 km east of " * 30, "a key": "\x01\x02=",
}  # fmt: skip
GORIS = "gn:174895"
SEEN_AS_GORIS = [
    "Goris\x00",
    "Go\u200bris",
    "\u202eGoris\u202c",
    "\ufeffGoris",
    "Goris\r\n",
    "G\u00adoris",
    " Goris ",
    "GORIS.",
]


@pytest.fixture(scope="module")
def book() -> Gazetteer:
    found = Gazetteer.default()
    find_places("", found)
    return found


def in_time(ask: Callable[[], object]) -> None:
    start = time.perf_counter()
    ask()
    assert time.perf_counter() - start < MOST_S


@pytest.mark.parametrize("text", NO_PLACES.values(), ids=NO_PLACES)
@pytest.mark.parametrize("country", [None, ("AM", "AZ")])
def test_what_is_no_name_is_unknown(book: Gazetteer, text: str, country: tuple[str, ...] | None) -> None:
    start = time.perf_counter()
    match = book.match(text, country)
    assert time.perf_counter() - start < MOST_S
    assert (match.query, match.place, match.status, match.ends) == (text, None, "unknown", ())
    assert match.score == 0
    assert match.why


@pytest.mark.parametrize("text", NO_PLACES.values(), ids=NO_PLACES)
def test_texts_of_it_are_searched_in_time_and_every_span_is_right(book: Gazetteer, text: str) -> None:
    start = time.perf_counter()
    mentions = find_places(text, book)
    assert time.perf_counter() - start < 5 * MOST_S
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert "Goris" in mention.text or "Sotk" in mention.text


@pytest.mark.parametrize("text", SEEN_AS_GORIS)
def test_what_is_not_seen_changes_no_name(book: Gazetteer, text: str) -> None:
    match = book.match(text, "AM")
    assert match.place
    assert (match.place.id, match.query) == (GORIS, text)


def test_bad_names_among_good_ones_change_no_answer(book: Gazetteer) -> None:
    names = [*NO_PLACES.values(), "Goris", "Sotk", "Istisu"]
    random.Random(3).shuffle(names)  # noqa: S311
    assert book.match_all(names, "AM") == [book.match(name, "AM") for name in names]


def test_thousands_of_bad_names_take_seconds(book: Gazetteer) -> None:
    chance = random.Random(5)  # noqa: S311
    signs = "abcxyz \x00\u200b\u0301'%()-=0123🙂ღժя"
    names = ["".join(chance.choices(signs, k=chance.randint(0, 12))) for _ in range(4_000)]
    start = time.perf_counter()
    found = book.match_all(names)
    assert time.perf_counter() - start < 20
    assert [match.query for match in found] == names


@pytest.mark.parametrize("unit", ["", " ", "\x00", "\ud800", "%", "x" * 10**5, f"{OPEN}Goris{CLOSE}"])
def test_a_unit_that_is_no_unit_says_nothing(book: Gazetteer, unit: str) -> None:
    in_time(lambda: book.match("Sotk", "AM", admin1=unit))
    assert book.match("Sotk", "AM", admin1=unit).place == book.match("Sotk", "AM").place


@pytest.mark.parametrize("country", ["", "ZZ", "\x00", "A" * 10_000, ("", "'")])
def test_a_country_that_is_none_holds_no_settlement(book: Gazetteer, country: str | tuple[str, ...]) -> None:
    assert book.match("Goris", country).place is None


# ---------------------------------------------------------------- as rows


def rows_of(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


WRITABLE = {what: text for what, text in NO_PLACES.items() if "\x00" not in text and what != "lone surrogate"}


def test_a_table_of_it_is_checked_and_built_with_every_row_accounted_for(
    tmp_path: Path, geomap: Callable[..., Ran]
) -> None:
    rows = [[what, "2022-09-13", text] for what, text in WRITABLE.items()]
    rows_of(tmp_path / "bad.csv", ["id", "start", "place_text"], [*rows, ["good", "2022-09-13", "Goris"]])
    checked = geomap("check", "bad.csv", "--json")
    assert checked.returncode == 0, checked.stderr[:2000]
    told = json.loads(checked.stdout)
    assert told["rows"] == len(rows) + 1 == told["read"] + len(told["set_aside"])
    assert (told["placed"], len(told["unplaced"])) == (1, told["read"] - 1)
    assert all(entry["why"] for entry in told["unplaced"])
    built = geomap("build", "bad.csv", "-o", "map.html", "--report", "report.json")
    assert built.returncode == 0, built.stderr[:2000]
    assert "Traceback" not in checked.stderr + built.stderr
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [row["match_id"] for row in report["incidents"] if row["match_id"]] == [GORIS]


HEADER = ["name", "latitude", "longitude", "country", "kind", "alternatenames", "population", "admin1"]
BROKEN = {
    "latitude": ["", "nan", "inf", "1e999", "91", "north", "39,5,1"], "longitude": ["", "181", "\u0661x"],
    "population": ["-1", "1e400", "many", "9" * 40],
}  # fmt: skip


def test_a_gazetteer_of_it_is_built_without_what_cannot_be_a_place(tmp_path: Path) -> None:
    good = dict(zip(HEADER, ["Kent", "39.5", "46.3", "AM", "village", "Kentavan", "10", "Syunik"], strict=True))
    texts = [{**good, "name": text} for text in WRITABLE.values()]
    texts += [{**good, "name": f"Alt {at}", "alternatenames": text} for at, text in enumerate(WRITABLE.values())]
    cells = [{**good, "name": "Broken", column: cell} for column, each in BROKEN.items() for cell in each]
    rows = [list(row.values()) for row in (good, *texts, *cells)]
    path = rows_of(tmp_path / "places.csv", HEADER, rows)
    problems = build_index([str(path)], tmp_path / "index", alone=True)
    found = Gazetteer.open(tmp_path / "index")
    assert [place.name for place in found.places].count("Broken") == 0
    aside = sum(problem.set_aside for problem in problems)
    assert aside + len(list(found.places)) == len(rows)
    for match in found.match_all(list(WRITABLE.values())):
        assert match.place is None or match.place.name == match.query.strip()
    assert all(-90 <= place.lat <= 90 and -180 <= place.lon <= 180 for place in found.places)


# ---------------------------------------------------------------- as index files

FOREIGN = {
    "nothing": b"", "a text": b"not an index", "zeros": bytes(10_000), "a PNG": b"\x89PNG\r\n\x1a\n" + bytes(99),
    "SQLite's first bytes": b"SQLite format 3\x00", "noise": random.Random(1).randbytes(8192),  # noqa: S311
    "a header and noise": b"SQLite format 3\x00" + random.Random(2).randbytes(8192),  # noqa: S311
}  # fmt: skip


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_a_file_that_is_no_gazetteer_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.gazetteer"
    path.write_bytes(content)
    with pytest.raises(GazetteerError) as caught:
        Gazetteer.open(path).match("Kent")
    assert "odd.gazetteer" in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_the_command_line_says_it_in_one_line(tmp_path: Path, content: bytes, geomap: Callable[..., Ran]) -> None:
    (tmp_path / "odd.gazetteer").write_bytes(content)
    ran = geomap("locate", "Kent", "--gazetteer", "odd.gazetteer")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("geomap: odd.gazetteer")
    assert ran.stderr.count("\n") == 1
