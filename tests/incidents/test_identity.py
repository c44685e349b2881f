from __future__ import annotations

import hashlib
import itertools
from pathlib import Path

from geomap.incidents import Incidents, concat, read_incidents

HEADER = "date,place,source,actors,notes\n"
LINES = ["2022-09-13,Sotk,Gazette,,one", "2022-09-13,Sotk,Gazette,,two", "2022-09-14,Goris,Gazette,,three"]


def read(folder: Path, *lines: str, header: str = HEADER, name: str = "file.csv") -> Incidents:
    (folder / name).write_text(header + "\n".join(lines) + "\n", encoding="utf-8")
    return read_incidents(folder / name)


def ids(incidents: Incidents) -> dict[str, str]:
    return dict(zip(incidents.table["text"], incidents.table["id"], strict=True))


def test_rows_without_an_id_get_one_that_depends_on_their_content_alone(tmp_path: Path) -> None:
    expected = ids(read(tmp_path, *LINES))
    assert all(len(name) == 12 for name in expected.values())
    assert len(set(expected.values())) == 3
    for order in itertools.permutations(LINES):
        found = ids(read(tmp_path, "2022-01-01,Kapan,Gazette,,other", *order))
        assert {text: found[text] for text in expected} == expected
    assert ids(read(tmp_path, *LINES, name="other.csv")) == expected


def test_the_id_is_the_stated_hash(tmp_path: Path) -> None:
    [found] = ids(read(tmp_path, "2022-09-13,Sotk,Gazette,Unit,one")).values()
    key = b"Gazette\x1f2022-09-13T00:00:00\x1fSotk\x1fUnit\x1f0"
    assert found == hashlib.sha256(key).hexdigest()[:12]


def test_exact_repeats_are_kept_and_marked(tmp_path: Path) -> None:
    line = "7,2022-09-13,Sotk,shots"
    read_in = read(tmp_path, line, line, "7,2022-09-13,Sotk,other shots", header="id,date,place,notes\n")
    assert read_in.table["id"].tolist() == ["7", "7~2", "7~3"]
    assert read_in.table["report_id"].tolist() == ["7", "7", "7"]
    assert read_in.table["duplicate_of"].fillna("").tolist() == ["", "7", ""]
    assert [(found.row, found.code, found.set_aside) for found in read_in.problems] == [
        (3, "repeated_row", False), (4, "duplicate_id", False),
    ]  # fmt: skip


def test_an_id_made_unique_takes_no_other_rows_id(tmp_path: Path) -> None:
    read_in = read(tmp_path, "7,Sotk", "7,Goris", "7~2,Kapan", header="id,place\n")
    assert sorted(read_in.table["id"]) == ["7", "7~2", "7~3"]
    assert read_in.table.set_index("id")["place_text"]["7~2"] == "Kapan"


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    header = "id,date,place\n"
    read(tmp_path, "1,2022-09-14,Sotk", "2,,Goris", header=header, name="a.csv")
    read(tmp_path, "3,2022-09-13,Kapan", "1,2022-09-14,Sotk", header=header, name="b.csv")
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    forward, backward = read_incidents(paths), read_incidents(paths[::-1])
    joined = concat([read_incidents(path) for path in paths[::-1]])
    for other in (backward, joined):
        assert forward.table.equals(other.table)
        assert forward.problems == other.problems
        assert forward.files == other.files
    assert forward.table["id"].tolist() == ["3", "1", "1~2", "2"]
    assert forward.table["duplicate_of"].fillna("").tolist() == ["", "", "1", ""]
    assert forward.table["file"].tolist()[1:3] == [str(path) for path in paths]
    nested = concat([joined, read_incidents(read_path := tmp_path / "a.csv")])
    assert len(nested.table) == 6
    assert sum(found.code == "repeated_row" for found in nested.problems) > 0, read_path
