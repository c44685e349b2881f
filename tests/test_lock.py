"""places.lock over time: no writer loses another's pins or an editor's comments, and drift is told, never followed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import ProjectError
from geomap.lock import Pins, accepted, change_lock, drift, merged, standing
from geomap.project import LOCK_HEAD, format_lock, read_lock
from geomap.types import Pin, PinnedPlace, Place

SEEDS = Path(__file__).parents[1] / "seeds"
JERMUK = Place("gn:174884", "Jermuk", "AM", "Vayots Dzor", "town", 45.67112, 39.83948, 2.0)


class Holding:
    """A gazetteer that holds one place, or none."""

    def __init__(self, place: Place | None) -> None:
        self.place = place

    def get(self, place_id: str) -> Place | None:
        return self.place if self.place and self.place.id == place_id else None


def _pin(name: str, place_id: str = "gn:1", reason: str = "r") -> Pin:
    return Pin(name, place_id, reason)


def _add(*pins: Pin):  # noqa: ANN202
    return lambda old: {**old, **{pin.name: pin for pin in pins}}


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _decided(place: Place = JERMUK) -> Pin:
    return Pin("Istisu", place.id, "r", place=standing(place), gazetteer="GeoNames 2022")


# Drift ----------------------------------------------------------------------------------------------------------


def test_a_place_that_stands_where_it_stood_is_no_news() -> None:
    assert drift([_decided()], Holding(JERMUK)) == []
    assert drift([_decided()], Holding(JERMUK._replace(lat=39.8484, population=1))) == []  # 990 m to the north


def test_a_place_that_moved_is_told_with_its_distance() -> None:
    # One minute of latitude is a sea mile; at 39.8 degrees it is 1.8505 km on WGS84 (meridian arc tables).
    (told,) = drift([_decided()], Holding(JERMUK._replace(lat=39.83948 + 2 / 60)), "places.lock")
    assert (told.code, told.file, told.value, told.set_aside) == ("pin_moved", "places.lock", "Istisu", False)
    assert told.reason == "pin 'Istisu': gn:174884 moved 3.7 km since it was pinned"
    assert told.hint is not None
    assert "--accept-drift" in told.hint


def test_another_name_or_country_is_told_beside_a_move() -> None:
    now = JERMUK._replace(name="Istisu", country="AZ", lon=46.0)
    assert [each.code for each in drift([_decided()], Holding(now))] == ["pin_moved", "pin_renamed"]
    (told,) = drift([_decided()], Holding(JERMUK._replace(country=None)))
    assert told.reason.endswith("was Jermuk (AM) when it was pinned and is now Jermuk (no country)")


def test_a_place_that_is_gone_is_told_even_of_an_old_lock() -> None:
    codes = [each.code for each in drift([_decided(), _pin("A")], Holding(None))]
    assert codes == ["pin_gone", "pin_gone"]
    assert drift([Pin("A", JERMUK.id, "r")], Holding(JERMUK._replace(lat=0.0))) == []


def test_what_is_accepted_drifts_no_more() -> None:
    moved = Holding(JERMUK._replace(name="Djermuk", lat=39.9))
    pin = accepted(_decided(), moved, "GeoNames 2026")
    assert drift([pin], moved) == []
    assert (pin.reason, pin.gazetteer, pin.id) == ("r", "GeoNames 2026", JERMUK.id)
    assert accepted(pin, Holding(None), "x") == pin


# Writing --------------------------------------------------------------------------------------------------------


def test_a_new_lock_reads_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "places.lock"
    before, after = change_lock(path, _add(_decided(), _pin("Akner")), _write)
    assert (before, read_lock(path)) == ({}, [after["Akner"], after["Istisu"]])
    assert path.read_text("utf-8") == format_lock(after.values())
    assert [entry.name for entry in tmp_path.iterdir()] == ["places.lock"]


def test_one_decision_is_one_hunk_in_the_seeds_lock(tmp_path: Path) -> None:
    text = (SEEDS / "places.lock").read_text("utf-8")
    path = tmp_path / "places.lock"
    path.write_text(text, "utf-8")
    change_lock(path, _add(_pin("Gorayk", "gn:2")), _write)
    lines = path.read_text("utf-8").splitlines()
    added = '[[pin]]\nname = "Gorayk"\nid = "gn:2"\nreason = "r"\n\n'
    assert path.read_text("utf-8").replace(added, "", 1) == text
    assert lines.index('name = "Garakilsa"') < lines.index('name = "Gorayk"') < lines.index('name = "Gorus"')


def test_what_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "places.lock"
    change_lock(path, dict, lambda _path, _content: pytest.fail("wrote"))
    assert not path.exists()


COMMENTED = """# Ours, reviewed by two.
# Ask before you change it.

# The least certain one.
[[pin]]
name = 'B'   # as in R04
id = "gn:1"
reason = '''two
lines'''

# Of the north,

# above a gap.
[[pin]]
name = "C"
id = "gn:1"
reason = "r"
[pin.place]
name = "C"
lon = 1
lat = 2

# The end.
"""


def test_an_editors_comments_and_layout_are_kept() -> None:
    before = {"B": _pin("B", reason="two\nlines"), "C": replace(_pin("C"), place=PinnedPlace("C", None, 1.0, 2.0))}
    added = merged(COMMENTED, before, {**before, "A": _pin("A")}, "lock")
    assert added == COMMENTED.replace("# The least", '[[pin]]\nname = "A"\nid = "gn:1"\nreason = "r"\n\n# The least')
    changed = merged(COMMENTED, before, {**before, "B": _pin("B", "gn:9")}, "lock")
    lost = {line for line in COMMENTED.splitlines() if "#" in line} - set(changed.splitlines())
    assert lost == {"name = 'B'   # as in R04"}
    removed = merged(COMMENTED, before, {"B": before["B"]}, "lock")
    assert "north" not in removed
    assert removed.endswith("lines'''\n\n# The end.\n")


@pytest.mark.parametrize(
    "text",
    [
        'pin = [{ name = "A", id = "gn:1", reason = "r" }]\n',
        '[[pin]]\nname = "A"\nid = "gn:1"\nreason = """\n[[pin]]\n"""\n',
    ],
)
def test_a_layout_that_cannot_be_kept_is_refused_and_left(tmp_path: Path, text: str) -> None:
    path = tmp_path / "places.lock"
    path.write_text(text)
    with pytest.raises(ProjectError, match="changed safely"):
        change_lock(path, _add(_pin("B")), _write)
    assert path.read_text() == text


_TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip)
_PINS = st.lists(st.builds(Pin, _TEXTS, _TEXTS, _TEXTS), unique_by=lambda pin: pin.name, max_size=4)


@given(_PINS, _PINS)
def test_any_change_reads_back(tmp_path_factory: pytest.TempPathFactory, old: list[Pin], new: list[Pin]) -> None:
    path = tmp_path_factory.mktemp("lock") / "places.lock"
    path.write_bytes(format_lock(old).encode())
    _, after = change_lock(path, _add(*new), _write)
    assert {pin.name: pin for pin in read_lock(path)} == after
    _, left = change_lock(path, lambda pins: {name: pins[name] for name in list(pins)[1:]}, _write)
    assert {pin.name: pin for pin in read_lock(path)} == left


def test_writers_in_parallel_lose_no_pin(tmp_path: Path) -> None:
    path = tmp_path / "places.lock"
    code = """
import sys; from pathlib import Path
from geomap.lock import change_lock
from geomap.types import Pin
for number in range(15):
    name = f"{sys.argv[2]}{number}"
    change_lock(Path(sys.argv[1]), lambda old: {**old, name: Pin(name, "gn:1", "r")}, Path.write_bytes)
"""
    writers = [subprocess.Popen([sys.executable, "-c", code, str(path), letter]) for letter in "ABC"]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    assert len(read_lock(path)) == 45


def test_a_turn_that_does_not_come_is_told(tmp_path: Path) -> None:
    (tmp_path / "places.lock.busy").touch()
    with pytest.raises(ProjectError, match=r"delete places\.lock\.busy"):
        change_lock(tmp_path / "places.lock", _add(_pin("A")), _write, wait_s=0.05)
    with pytest.raises(ProjectError, match="cannot be written"):
        change_lock(tmp_path / "none" / "places.lock", _add(_pin("A")), _write)


def test_a_change_that_fails_leaves_the_old_lock_and_lets_others_write(tmp_path: Path) -> None:
    path = tmp_path / "places.lock"
    path.write_text(LOCK_HEAD)

    def broken(_: Pins) -> Pins:
        raise ProjectError("no")

    with pytest.raises(ProjectError, match="no"):
        change_lock(path, broken, _write)
    change_lock(path, _add(_pin("A")), _write, wait_s=0)
    assert [pin.name for pin in read_lock(path)] == ["A"]
