from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.incidents import values
from geomap.incidents.faults import CellError


@pytest.mark.parametrize(
    ("parser", "text", "value"),
    [
        (values.whole, "214797.0", 214797),
        (values.whole, " -1 ", -1),
        (values.whole, "007", 7),
        (values.count, "0", 0),
        (values.decimal, "2,5", 2.5),
        (values.kilometres, "0.5", 0.5),
        (values.truth, "Yes", True),
        (values.truth, "0", False),
        (values.utc_offset, "240", 240),
        (values.utc_offset, "+04:00", 240),
        (values.utc_offset, "+0400", 240),
        (values.utc_offset, "UTC+4", 240),
        (values.utc_offset, "-3:30", -210),
        (values.utc_offset, "-60", -60),
        (values.utc_offset, "-240", -240),
        (values.utc_offset, "Z", 0),
        (values.utc_offset, "0", 0),
        (values.word_of(("at", "near")), " Near ", "near"),
    ],
)
def test_values_are_read(parser: Callable[[str], object], text: str, value: object) -> None:
    assert parser(text) == value


@pytest.mark.parametrize(
    ("parser", "texts"),
    [
        (values.whole, ["abc", "1.5", "1,000", "10+", "~10", "1e3", "٣", "", "9" * 16]),
        (values.count, ["-1"]),
        (values.decimal, ["nan", "inf", "1e999", "1_0", "five"]),
        (values.kilometres, ["-1"]),
        (values.truth, ["maybe", "2"]),
        (values.utc_offset, ["4", "+15", "1000", "+25:00", "-1300", "Moscow", "04:00"]),
        (values.word_of(("at", "near")), ["close to"]),
    ],
)
def test_what_is_no_value_is_refused(parser: Callable[[str], object], texts: list[str]) -> None:
    for text in texts:
        with pytest.raises(CellError):
            parser(text)


@given(st.integers(-720, 840))
def test_minutes_written_by_geomap_are_read_back(offset: int) -> None:
    if offset == 0 or abs(offset) >= 60:
        assert values.utc_offset(str(offset)) == offset


def test_a_column_is_parsed_once_for_each_text_and_says_which_rows_are_wrong() -> None:
    asked: list[str] = []

    def parse(text: str) -> int:
        asked.append(text)
        return values.whole(text)

    texts = pd.Series(["1", None, "x", "1", "x"], index=pd.Index([2, 3, 5, 7, 8], name="row"), dtype="string")
    parsed = values.parse_column(texts, parse)
    assert asked == ["1", "x"]
    assert parsed.series("Int64").tolist() == [1, pd.NA, pd.NA, 1, pd.NA]
    assert [(row, text) for row, text, _ in parsed.faulty()] == [(5, "x"), (8, "x")]
