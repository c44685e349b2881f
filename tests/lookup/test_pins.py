"""Decisions: what a pin remembers, and that none is changed or lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from geomap.errors import ProjectError
from geomap.gazetteer import Gazetteer
from geomap.lookup import accept_drift, drifted, pin_names, read_column, unpin_names
from geomap.project import Project, read_lock, read_project
from geomap.types import Pin, PinnedPlace

TABLE = """id,name,country,kind,lon,lat,names
x:1,Jermuk,AM,town,45.67112,39.83948,az/other Istisu
x:2,Istisu,AZ,village,45.98,39.95,
x:3,Goris,AM,town,46.34168,39.51111,
"""
INCIDENTS = "id,report_id,start,relation,place_text,kind\na,r1,2022-09-13,at,Istisu,clash\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with a gazetteer of three places and one file that names Istisu."""
    files = {
        "geomap.toml": 'files = ["reports/*.csv"]\ngazetteer = "places.csv"\ncountries = ["AM", "AZ"]\n',
        "places.csv": TABLE,
        "reports/first.csv": INCIDENTS,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return read_project(tmp_path / "geomap.toml")


def _pins(project: Project) -> list[Pin]:
    assert project.lock is not None
    return read_lock(project.lock)


def test_a_pin_remembers_what_it_was_decided_on(project: Project) -> None:
    assert pin_names(project, ["Istisu=x:1"], "listed with Gorus") == ["new pin: Istisu = x:1: listed with Gorus"]
    place = PinnedPlace("Jermuk", "AM", 45.67112, 39.83948)
    assert _pins(project) == [
        Pin("Istisu", "x:1", "listed with Gorus", "reports/first.csv", place, "rival", "places.csv")
    ]


@pytest.mark.parametrize(
    ("pin", "method"), [("Goris=x:3", "exact"), ("Goriss=x:3", "folded"), ("Zzyzx=x:3", "pin"), ("Istisu=x:2", "rival")]
)
def test_a_pin_says_how_the_gazetteer_offered_the_place(project: Project, pin: str, method: str) -> None:
    pin_names(project, [pin], "r")
    assert _pins(project)[0].method == method


def test_a_changed_pin_keeps_its_first_use_and_names_the_old_id(project: Project) -> None:
    pin_names(project, ["Istisu=x:1", "Gorus=x:3"], "r")
    assert pin_names(project, ["Istisu=x:2"], "other") == ["changed pin: Istisu = x:2 (was x:1): other"]
    gorus, istisu = _pins(project)
    assert (istisu.id, istisu.reason, istisu.input) == ("x:2", "other", "reports/first.csv")
    assert (gorus.id, gorus.input) == ("x:3", None)


@pytest.mark.parametrize(
    ("given", "shown"),
    [("reports/first.csv", "reports/first.csv"), ("./first.csv", "first.csv"), ("../first.csv", "first.csv")],
)
def test_the_file_of_first_use_is_as_given_without_a_persons_folders(
    project: Project, monkeypatch: pytest.MonkeyPatch, given: str, shown: str
) -> None:
    assert project.folder is not None
    path = project.folder / "below" / given
    path.resolve().parent.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("place\nZzyzx\n")
    monkeypatch.chdir(project.folder / "below")
    pin_names(project, ["Zzyzx=x:3"], "r", [read_column(given, "place")])
    pin_names(project, ["Zzyzy=x:3"], "r", [read_column(given, "place")])
    known, unknown = _pins(project)
    assert (known.input, unknown.input) == (shown, None)


def test_an_absolute_path_outside_the_project_is_shown_by_its_name(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("elsewhere") / "list.csv"
    path.write_text("place\nZzyzx\n")
    pin_names(project, ["Zzyzx=x:3"], "r", [read_column(str(path), "place")])
    assert _pins(project)[0].input == "list.csv"


@pytest.mark.parametrize(
    ("pin", "reason", "said"),
    [
        ("Istisu=x:1", None, "needs a reason"),
        ("Istisu", "r", "is not NAME=ID"),
        (" =x:1", "r", "is not NAME=ID"),
        ("Istisu=x:9", "r", "no place has the id"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(project: Project, pin: str, reason: str | None, said: str) -> None:
    with pytest.raises(ProjectError, match=said):
        pin_names(project, ["Gorus=x:3", pin], reason)
    assert _pins(project) == []


def test_files_that_cannot_be_read_do_not_stop_a_decision(project: Project) -> None:
    assert project.folder is not None
    (project.folder / "reports" / "broken.csv").write_bytes(b"\x00\x01\xff" * 100)
    pin_names(project, ["Istisu=x:1"], "r")
    assert _pins(project)[0].input is None


def test_unpin_is_all_or_nothing(project: Project) -> None:
    pin_names(project, ["Istisu=x:1", "Gorus=x:3"], "r")
    with pytest.raises(ProjectError, match="did you mean 'Gorus'"):
        unpin_names(project, ["Istisu", "gorrus"])
    with pytest.raises(ProjectError, match="it holds 2 pins, none of a name like it"):
        unpin_names(project, ["Qqqq"])
    assert len(_pins(project)) == 2
    assert unpin_names(project, ["Istisu", "Istisu"]) == ["removed pin: Istisu = x:1: r"]
    assert [pin.name for pin in _pins(project)] == ["Gorus"]
    with pytest.raises(ProjectError, match="it holds 1 pin, of another name"):
        unpin_names(project, ["Qqqq"])
    unpin_names(project, ["Gorus"])
    with pytest.raises(ProjectError, match="it holds no pins"):
        unpin_names(project, ["Gorus"])


def test_drift_is_found_accepted_and_gone(project: Project) -> None:
    pin_names(project, ["Istisu=x:1", "Gorus=x:3"], "r")
    assert project.folder is not None
    (project.folder / "places.csv").write_text(TABLE.replace("39.83948", "39.9").replace("x:3", "x:4"), "utf-8")
    now = Gazetteer.open(project.folder / "places.csv")
    assert [each.code for each in drifted(project, now)] == ["pin_gone", "pin_moved"]
    assert accept_drift(project) == ["accepted: Istisu = x:1: Jermuk (town, AM) 39.90000 N 45.67112 E"]
    assert [each.code for each in drifted(project, now)] == ["pin_gone"]
    assert accept_drift(project) == []


def test_accepting_completes_the_pins_of_an_older_lock(project: Project) -> None:
    assert project.lock is not None
    project.lock.write_text('[[pin]]\nname = "Istisu"\nid = "x:1"\nreason = "r"\ninput = "a.csv"\n')
    accept_drift(project)
    place = PinnedPlace("Jermuk", "AM", 45.67112, 39.83948)
    assert _pins(project) == [Pin("Istisu", "x:1", "r", "a.csv", place, None, "places.csv")]
