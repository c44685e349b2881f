from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.incidents.dates import find_order, read_date
from geomap.incidents.faults import CellError

DAYS = st.datetimes(datetime(1800, 1, 1), datetime(2100, 12, 31), timezones=st.none()).map(
    lambda moment: moment.replace(microsecond=0)
)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2022-09-13", "2022-09-13", "2022-09-13", "day"),
        ("2022/9/3", "2022-09-03", "2022-09-03", "day"),
        ("20220913", "2022-09-13", "2022-09-13", "day"),
        ("09-May-20", "2020-05-09", "2020-05-09", "day"),
        ("9-May-69", "1969-05-09", "1969-05-09", "day"),
        ("01-January-2015", "2015-01-01", "2015-01-01", "day"),
        ("13 September 2022", "2022-09-13", "2022-09-13", "day"),
        ("Tuesday, 13th Sept. 2022", "2022-09-13", "2022-09-13", "day"),
        ("September 13, 2022", "2022-09-13", "2022-09-13", "day"),
        ("13/09/2022", "2022-09-13", "2022-09-13", "day"),
        ("09/13/2022", "2022-09-13", "2022-09-13", "day"),
        ("13.9.2022", "2022-09-13", "2022-09-13", "day"),
        ("05-05-2022", "2022-05-05", "2022-05-05", "day"),
        ("2022-09", "2022-09-01", "2022-09-30", "month"),
        ("February 2024", "2024-02-01", "2024-02-29", "month"),
        ("2022", "2022-01-01", "2022-12-31", "year"),
        ("2022-09-12/2022-09-13", "2022-09-12", "2022-09-13", "range"),
        ("12 Sep 2022 to 14 Sep 2022", "2022-09-12", "2022-09-14", "range"),
        ("13/09/2022 - 14/09/2022", "2022-09-13", "2022-09-14", "range"),
        ("12–13 September 2022", "2022-09-12", "2022-09-13", "range"),
    ],
)
def test_dates_as_files_write_them(text: str, start: str, end: str, precision: str) -> None:
    when = read_date(text)
    assert (f"{when.start:%Y-%m-%d}", f"{when.end:%Y-%m-%d}", when.precision) == (start, end, precision)
    assert not when.timed


@pytest.mark.parametrize(
    ("text", "moment", "offset"),
    [
        ("2022-09-13T00:05+04:00", datetime(2022, 9, 13, 0, 5), 240),
        ("2022-09-13T00:05", datetime(2022, 9, 13, 0, 5), None),
        ("2022-09-12T20:05Z", datetime(2022, 9, 12, 20, 5), 0),
        ("2022-09-13 00:05 UTC+4", datetime(2022, 9, 13, 0, 5), 240),
        ("2022-09-13 00:05:30.000-0330", datetime(2022, 9, 13, 0, 5, 30), -210),
        ("13.09.2022 14:30", datetime(2022, 9, 13, 14, 30), None),
        ("9/13/2022 12:05 AM", datetime(2022, 9, 13, 0, 5), None),
        ("9/13/2022 2:30 p.m.", datetime(2022, 9, 13, 14, 30), None),
    ],
)
def test_times_stay_local_and_are_never_converted(text: str, moment: datetime, offset: int | None) -> None:
    when = read_date(text)
    assert (when.start, when.end, when.timed, when.offset) == (moment, moment, True, offset)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0025-03-01", "the year 0025"),
        ("01-January-0025", "the year 0025"),
        ("2222-01-01", "the year 2222"),
        ("2022-13-01", "no such day"),
        ("2022-02-30", "no such day"),
        ("31 June 2022", "no such day"),
        ("13/13/2022", "no such day"),
        ("2022-09-13 24:00", "no such time"),
        ("2022-09-13 13:05 PM", "no such time"),
        ("2022-09-14/2022-09-13", "ends before it begins"),
        ("44817", "spreadsheet's day number"),
        ("9/5/20", "not a date"),
        ("yesterday", "not a date"),
        ("13 Septembre 2022", "not a date"),
        ("٢٠٢٢-٠٩-١٣", "not a date"),
        ("2022-09-13 and then some", "not a date"),
        ("", "not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(text: str, words: str) -> None:
    with pytest.raises(CellError, match=words) as caught:
        read_date(text)
    assert caught.value.hint


def test_a_date_that_could_be_two_is_not_guessed() -> None:
    with pytest.raises(CellError) as caught:
        read_date("05/06/2022")
    assert caught.value.code == "ambiguous_date"
    assert read_date("05/06/2022", "dmy").start == datetime(2022, 6, 5)
    assert read_date("05/06/2022", "mdy").start == datetime(2022, 5, 6)


def test_a_decided_order_makes_no_exceptions() -> None:
    with pytest.raises(CellError, match="no such day"):
        read_date("09/13/2022", "dmy")


@pytest.mark.parametrize(
    ("texts", "order", "words"),
    [
        (["05/06/2022", "13/06/2022"], "dmy", "day first, as 13/06/2022 shows"),
        (["05/06/2022 10:00", "06/13/2022 11:00"], "mdy", "month first"),
        (["05/06/2022"], None, "nothing shows"),
        (["13/06/2022", "06/13/2022"], None, "both 13/06/2022 and 06/13/2022"),
        (["05/05/2022", "2022-09-13"], None, None),
    ],
)
def test_a_column_decides_once(texts: list[str], order: str | None, words: str | None) -> None:
    found, why = find_order(texts)
    assert found == order
    assert words in why if words and why else why == words


@given(DAYS, st.sampled_from(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d %B %Y %H:%M:%S", "%b %d, %Y %H:%M:%S"]))
def test_moments_come_back_as_written(moment: datetime, form: str) -> None:
    assert read_date(moment.strftime(form)).start == moment


@given(DAYS)
def test_numeric_dates_come_back_by_their_order(moment: datetime) -> None:
    day = moment.replace(hour=0, minute=0, second=0)
    assert read_date(f"{day.day}/{day.month}/{day.year}", "dmy").start == day
    assert read_date(f"{day.month}.{day.day}.{day.year}", "mdy").start == day


@given(DAYS, st.integers(-720, 840))
def test_offsets_come_back_and_move_nothing(moment: datetime, offset: int) -> None:
    sign, size = "-" if offset < 0 else "+", timedelta(minutes=abs(offset))
    hours, minutes = divmod(int(size.total_seconds()) // 60, 60)
    when = read_date(f"{moment:%Y-%m-%dT%H:%M:%S}{sign}{hours:02}:{minutes:02}")
    assert (when.start, when.offset) == (moment, offset)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(CellError):
        when = read_date(text)
        assert when.start <= when.end
