from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import SourceError
from geomap.sources import Limits, RawTable, read_source
from geomap.sources.delimited import _Layout
from geomap.sources.dialect import Dialect
from geomap.sources.record import read_row


def read(folder: Path, data: bytes | str, name: str = "file.csv", limits: Limits | None = None) -> RawTable:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_source(path, limits=limits) if limits else read_source(path)


def cells(raw: RawTable) -> dict[int, list[str]]:
    return {int(row): values for row, values in zip(raw.frame.index, raw.frame.to_numpy().tolist(), strict=True)}


def aside(raw: RawTable) -> dict[int | None, str]:
    return {problem.row: problem.code for problem in raw.problems if problem.set_aside}


def test_cells_stay_the_text_they_are(tmp_path: Path) -> None:
    raw = read(tmp_path, 'code,name,number\n007,NA, 1.50 \n,null,"1,5"\n')
    assert cells(raw) == {2: ["007", "NA", " 1.50 "], 3: ["", "null", "1,5"]}
    assert (raw.format, raw.count, raw.problems) == ("csv", 2, ())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_of_all_systems(tmp_path: Path, *, end: str, last: bool) -> None:
    raw = read(tmp_path, end.join(["a,b", "1,x", '2,"y', 'z"', "3,"]) + (end if last else ""))
    assert cells(raw) == {2: ["1", "x"], 3: ["2", f"y{end}z"], 4: ["3", ""]}


def test_blank_records_are_numbered_and_not_counted(tmp_path: Path) -> None:
    raw = read(tmp_path, 'a,b\n1,x\n\n,\n , \n"",""\n,,,\n2,y\n')
    assert list(cells(raw)) == [2, 8]
    assert (raw.count, raw.problems) == (2, ())


def test_a_record_with_line_breaks_is_one_spreadsheet_row(tmp_path: Path) -> None:
    raw = read(tmp_path, 'a,b\n1,"one\ntwo\n\nthree"\n2,x\n')
    assert cells(raw) == {2: ["1", "one\ntwo\n\nthree"], 3: ["2", "x"]}


def test_a_ragged_row_is_set_aside_and_shifts_nothing(tmp_path: Path) -> None:
    raw = read(tmp_path, "a,b,c\n1,2,3\n4,5\n6,7,8\n9,10,11,12\n13,14,15\n")
    assert list(cells(raw)) == [2, 4, 6]
    assert aside(raw) == {3: "ragged_row", 5: "ragged_row"}
    assert raw.problems[0].reason == "2 cells where the header has 3"
    assert raw.problems[0].value == "4,5"
    assert raw.count == 5


def test_a_ragged_record_over_several_lines_is_one_row(tmp_path: Path) -> None:
    raw = read(tmp_path, 'a,b\n1,x\n2,"long\ntext",3\n4,y\n')
    assert cells(raw) == {2: ["1", "x"], 4: ["4", "y"]}
    assert aside(raw) == {3: "ragged_row"}


@pytest.mark.parametrize(
    ("body", "good", "bad"),
    [
        ('1,x\n2,"open\n3,y\n4,z\n', [2, 4, 5], [3]),
        ('1,x\n2,"open\n3,"closed"\n4,"z"\n', [2, 4, 5], [3]),
        ('1,x\n2,"open\n3,y\n4,"two\nlines"\n5,z\n', [2, 4, 5, 6], [3]),
        ('1,"a" b\n2,y\n', [3], [2]),
        ('1,"open\n2,"also open\n3,y\n', [4], [2, 3]),
        ('1,"open', [], [2]),
        ('1,"open\n2,closed",9\n3,y\n', [3], [2]),
    ],
)  # fmt: skip
def test_after_an_unclosed_quote_each_line_is_a_row(tmp_path: Path, body: str, good: list[int], bad: list[int]) -> None:
    raw = read(tmp_path, "a,b\n" + body)
    assert list(cells(raw)) == good
    assert sorted(aside(raw)) == bad
    assert raw.count == len(good) + len(bad)


def test_quotes_inside_unquoted_cells_are_text(tmp_path: Path) -> None:
    raw = read(tmp_path, 'a,b\n5" gun,x\n2,say "hi"\n3,"a ""quoted"" word"\n')
    assert cells(raw) == {2: ['5" gun', "x"], 3: ["2", 'say "hi"'], 4: ["3", 'a "quoted" word']}


@pytest.mark.parametrize(("mark", "word"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "vertical bar")])
def test_the_delimiter_is_found(tmp_path: Path, mark: str, word: str) -> None:
    rows = [["date", "place", "lat"], ["2022-09-13", "Goris, Kapan; Sisian" if mark != ";" else "Goris, Kapan", "39,5"]]
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(rows)
    raw = read(tmp_path, text.getvalue())
    assert raw.columns == ("date", "place", "lat")
    assert cells(raw)[2] == rows[1]
    assert f"delimiter: {word}" in raw.notes
    assert raw.format == ("tsv" if mark == "\t" else "csv")


def test_semicolons_win_over_decimal_commas(tmp_path: Path) -> None:
    raw = read(tmp_path, "name;lat;lon\nSotk;40,2;45,9\nGoris;39,5;46,3\n")
    assert cells(raw)[3] == ["Goris", "39,5", "46,3"]


def test_the_header_is_found_below_a_title(tmp_path: Path) -> None:
    raw = read(tmp_path, "Incidents of 2022\n\ndate,place,deaths\n2022-09-13,Sotk,2\n")
    assert raw.columns == ("date", "place", "deaths")
    assert list(cells(raw)) == [4]
    assert "header in row 3" in raw.notes
    assert raw.count == 1


def test_column_names_are_made_unique_and_said(tmp_path: Path) -> None:
    raw = read(tmp_path, "date,name, name ,\n2022-09-13,a,b,c\n")
    assert raw.columns == ("date", "name", "name (2)", "column 4")
    assert any("'name' stands more than once" in note for note in raw.notes)


def test_a_header_alone_is_no_rows_and_says_so(tmp_path: Path) -> None:
    raw = read(tmp_path, "date,place\n")
    assert (raw.count, len(raw.frame), raw.columns) == (0, 0, ("date", "place"))
    assert [(problem.code, problem.set_aside) for problem in raw.problems] == [("no_rows", False)]


def test_a_file_without_a_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no header row"):
        read(tmp_path, "1,2022-09-13,40.2\n2,2022-09-14,40.3\n")


def test_limits_refuse_files_and_set_rows_aside(tmp_path: Path) -> None:
    text = f"a,b\n1,x\n2,{'y' * 40}\n3,z\n"
    raw = read(tmp_path, text, limits=Limits(cell_bytes=20))
    assert (list(cells(raw)), aside(raw)) == ([2, 4], {3: "cell_too_large"})
    with pytest.raises(SourceError, match="more than 2 rows"):
        read(tmp_path, text, limits=Limits(rows=2))
    with pytest.raises(SourceError, match="more than 1 rows that cannot be read; the first is row 2: 3 cells"):
        read(tmp_path, "a,b\n1,2,3\n4,5,6\n", limits=Limits(broken_rows=1))
    with pytest.raises(SourceError, match="more than 1 columns"):
        read(tmp_path, text, limits=Limits(columns=1))


def test_rows_with_damaged_bytes_are_set_aside(tmp_path: Path) -> None:
    raw = read(tmp_path, "a,b\nՍոթք,1\n".encode() + b'Goris\xff,2\nKapan,3\n5\xfe" x,4\n')
    assert (list(cells(raw)), aside(raw)) == ([2, 4], {3: "bad_encoding", 5: "bad_encoding"})
    assert raw.problems[0].value == "Goris\ufffd,2"


def test_an_endless_record_is_set_aside_up_to_its_line(tmp_path: Path) -> None:
    raw = read(tmp_path, f"a,b\n1,x\n{'y,' * 300}\n3,z\n", limits=Limits(record_bytes=200, columns=50))
    assert (list(cells(raw)), list(aside(raw))) == ([2, 4], [3])
    assert "of more than 200 bytes or 50 cells" in raw.problems[0].reason


def test_many_broken_rows_stay_fast_and_numbered(tmp_path: Path) -> None:
    rows = [f'{number},"open' if number % 2 else f"{number},fine" for number in range(4000)]
    raw = read(tmp_path, "a,b\n" + "\n".join(rows) + "\n")
    assert raw.frame["b"].eq("fine").all()
    assert list(raw.frame.index) == list(range(2, 4002, 2))
    assert len(aside(raw)) == 2000


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
ROWS = st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=12)


@given(ROWS, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]))
def test_what_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], mark: str, end: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=mark, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("first", "second", "third"), *rows])
    raw = read(tmp_path_factory.mktemp("csv"), text.getvalue())
    filled = {number: list(row) for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)}
    assert cells(raw) == filled


@given(st.lists(st.text('ab,"\n\r ', max_size=10), max_size=8).map("\n".join))
def test_the_fast_scan_agrees_with_the_strict_path(body: str) -> None:
    data = f"x,y\n{body}\n".encode()
    layout = _Layout(data, Dialect(b",", ("x", "y"), 1, 4, ()), Limits(), "file.csv")
    layout.survey()
    frame = layout.frame()
    good, bad, at, number = {}, [], 4, 1
    while at < len(data):
        record = read_row(data, at, b",", 2, Limits())
        at, number = record.end, number + 1
        if record.fault or len(record.cells) != 2:
            bad += [] if record.blank else [number]
        elif not record.blank:
            good[number] = list(record.cells)
    assert dict(zip(frame.index, frame.to_numpy().tolist(), strict=True)) == good
    assert [problem.row for problem in layout.problems] == bad
