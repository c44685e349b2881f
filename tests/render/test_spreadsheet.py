"""CSV that a spreadsheet opens without running a cell, and that gives every cell back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.render.spreadsheet import neutralise, reveal, to_csv


@pytest.mark.parametrize(
    "cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "'quoted", "-", "+44 20 7946 0958", "-1-1"]
)
def test_what_would_run_or_was_quoted_gets_an_apostrophe(cell: str) -> None:
    assert neutralise(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Goris", "-46.34", "+4", "-.5", "1e-5", "-1.5E+7", "a=b"])
def test_text_and_numbers_stay(cell: str) -> None:
    assert neutralise(cell) == cell


@given(st.text())
def test_every_cell_comes_back(cell: str) -> None:
    assert reveal(neutralise(cell)) == cell


_CELLS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1)


@given(
    st.lists(_CELLS, min_size=1, max_size=4).flatmap(
        lambda head: st.tuples(
            st.just(head), st.lists(st.lists(_CELLS, min_size=len(head), max_size=len(head)), max_size=3)
        )
    )
)
def test_a_table_comes_back(table: tuple[list[str], list[list[str]]]) -> None:
    header, rows = table
    read = csv.reader(io.StringIO(to_csv(header, rows).decode(), newline=""))
    assert [[reveal(cell) for cell in row] for row in read] == [header, *rows]


def test_nothing_and_numbers() -> None:
    assert to_csv(["a", "b"], [[None, -1.5], ["x,y", 2]]) == b'a,b\r\n,-1.5\r\n"x,y",2\r\n'
