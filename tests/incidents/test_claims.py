from __future__ import annotations

from pathlib import Path

import pytest
from excerpts import sheet

from geomap.errors import SourceError
from geomap.incidents import Incidents, concat, read_incidents
from geomap.incidents.native import CLAIM_HEADER
from geomap.incidents.schema import check
from geomap.types import CLAIMS

INCIDENTS = "id,start,place_text,relation\nr1,2022-09-13,Sotk,near\nr2,2022-09-13,Goris,near\n"
CLAIM = {
    "claim_id": "c1",
    "scope": "place",
    "place_ref": "r1",
    "claimant": "Office",
    "stance": "asserts",
    "category": "fire",
}


def read(folder: Path, *claims: dict[str, str]) -> Incidents:
    (folder / "x.csv").write_text(INCIDENTS, encoding="utf-8")
    (folder / "x.claims.csv").write_text(sheet(CLAIM_HEADER, *claims), encoding="utf-8")
    return read_incidents(folder / "x.csv")


def test_claims_that_lie_beside_are_read_and_said(tmp_path: Path) -> None:
    read_in = read(tmp_path, {**CLAIM, "low": "2.0", "high": "5", "cumulative": "yes", "as_of": "2022-09-13 14:00"})
    check(read_in.claims, CLAIMS)
    [claim] = read_in.claims.to_dict("records")
    assert (claim["low"], claim["high"], claim["cumulative"], claim["as_of"]) == (2, 5, True, "2022-09-13T14:00")
    beside = {file.path: (file.preset, file.rows, file.read) for file in read_in.files}
    assert beside[str(tmp_path / "x.claims.csv")] == ("claims", 1, 1)
    assert read_in.problems == []


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"place_ref": "r9"}, "claim_without_incident", "place_ref"),
        ({"claimant": ""}, "claim_incomplete", "claimant"),
        ({"claim_id": " "}, "claim_incomplete", "claim_id"),
        ({"stance": "shouts"}, "claim_bad_word", "stance"),
        ({"category": "victory"}, "claim_bad_word", "category"),
        ({"place_ref": ""}, "claim_incomplete", "place_ref"),
        ({"scope": "episode"}, "claim_scope", "place_ref"),
    ],
)
def test_a_claim_that_cannot_stand_is_left_out_and_no_row_is_lost(
    tmp_path: Path, change: dict[str, str], code: str, column: str
) -> None:
    read_in = read(tmp_path, {**CLAIM, "claim_id": "c0"}, {**CLAIM, **change})
    assert read_in.claims["claim_id"].tolist() == ["c0"]
    [problem] = read_in.problems
    assert (problem.row, problem.code, problem.column, problem.set_aside) == (3, code, column, False)
    assert problem.reason.startswith("the claim is left out")
    assert len(read_in.table) == 2
    assert {file.preset: (file.rows, file.read) for file in read_in.files} == {"native": (2, 2), "claims": (2, 1)}


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"low": "many"}, "claim_bad_number", "low"),
        ({"as_of": "mid-October"}, "claim_bad_date", "as_of"),
        ({"target_claim": "c7"}, "claim_reference", "target_claim"),
        ({"supersedes": "c0 | c7"}, "claim_reference", "supersedes"),
        ({"supersedes": "c1"}, "claim_reference", "supersedes"),
    ],
)
def test_a_bad_figure_or_reference_is_emptied(tmp_path: Path, change: dict[str, str], code: str, column: str) -> None:
    read_in = read(tmp_path, {**CLAIM, "claim_id": "c0"}, {**CLAIM, **change})
    assert read_in.claims[column].isna().all()
    assert [(found.row, found.code, found.column) for found in read_in.problems] == [(3, code, column)]


def test_figures_out_of_order_stay_and_are_said(tmp_path: Path) -> None:
    read_in = read(tmp_path, {**CLAIM, "low": "5", "high": "2"})
    assert read_in.claims[["low", "high"]].to_numpy().tolist() == [[5, 2]]
    assert [found.code for found in read_in.problems] == ["claim_range_order"]


def test_a_repeated_claim_id_is_left_out(tmp_path: Path) -> None:
    read_in = read(tmp_path, CLAIM, {**CLAIM, "stance": "denies"})
    assert read_in.claims["stance"].tolist() == ["asserts"]
    assert [found.code for found in read_in.problems] == ["claim_repeated"]


def test_an_episodes_claim_needs_no_place(tmp_path: Path) -> None:
    episode = {"claim_id": "t1", "scope": "episode", "claimant": "Office", "stance": "asserts", "supersedes": ""}
    read_in = read(tmp_path, episode, {**episode, "claim_id": "t2", "supersedes": "t1"})
    assert read_in.claims["supersedes"].fillna("").tolist() == ["", "t1"]


def test_claims_are_in_order_of_publication(tmp_path: Path) -> None:
    dates = {"c1": "2022-09-15", "c2": "2022-09-13", "c3": ""}
    read_in = read(tmp_path, *({**CLAIM, "claim_id": name, "published_at": date} for name, date in dates.items()))
    assert read_in.claims["claim_id"].tolist() == ["c2", "c1", "c3"]


def test_claims_find_incidents_of_other_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,start,place_text,relation\nr8,2022-09-13,Kapan,near\n", encoding="utf-8")
    read(tmp_path, {**CLAIM, "place_ref": "r8"}, {**CLAIM, "claim_id": "c2", "place_ref": "r9"})
    (tmp_path / "x.claims.csv").rename(tmp_path / "told.csv")
    told = tmp_path / "told.csv"
    ways = [
        read_incidents([tmp_path / "a.csv", tmp_path / "x.csv"], claims=told),
        read_incidents([tmp_path / "x.csv", told, tmp_path / "a.csv"]),
        concat([read_incidents(tmp_path / "x.csv", claims=[told]), read_incidents(tmp_path / "a.csv", claims=told)]),
    ]
    for read_in in ways:
        assert read_in.claims["claim_id"].tolist() == ["c1"]
        assert [(found.row, found.code) for found in read_in.problems] == [(3, "claim_without_incident")]
        assert {file.path: file.read for file in read_in.files}[str(told)] == 1
        assert len(read_in.table) == 3


def test_claims_alone_and_what_are_none(tmp_path: Path) -> None:
    (tmp_path / "told.csv").write_text(
        sheet(CLAIM_HEADER, {**CLAIM, "scope": "episode", "place_ref": ""}), encoding="utf-8"
    )
    read_in = read_incidents(tmp_path / "told.csv")
    assert (len(read_in.table), len(read_in.claims)) == (0, 1)
    (tmp_path / "x.csv").write_text(INCIDENTS, encoding="utf-8")
    with pytest.raises(SourceError, match="no file of claims"):
        read_incidents(tmp_path / "x.csv", claims=tmp_path / "x.csv")
    with pytest.raises(SourceError, match="no such file"):
        read_incidents(tmp_path / "x.csv", claims=tmp_path / "missing.csv")


def test_a_broken_line_of_claims_is_no_lost_row(tmp_path: Path) -> None:
    read(tmp_path, CLAIM)
    with (tmp_path / "x.claims.csv").open("a", encoding="utf-8") as file:
        file.write("c2,broken\n")
    read_in = read_incidents(tmp_path / "x.csv")
    assert [(found.row, found.code, found.set_aside) for found in read_in.problems] == [(3, "claim_ragged_row", False)]
