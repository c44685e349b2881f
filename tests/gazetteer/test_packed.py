"""Names come out of the index as they went in, whichever of them is asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.packed import Names, pack
from geomap.types import Name

PART = st.text(st.characters(exclude_characters="\x1e\x1f"), max_size=12)
NAMES = st.lists(st.builds(Name, PART, PART, st.sampled_from(["own", "other"]), PART), min_size=1, max_size=6)


@given(NAMES, st.data())
def test_each_name_comes_out_as_it_went_in(names: list[Name], data: st.DataObject) -> None:
    packed = Names(pack(names) or "")
    at = data.draw(st.integers(0, len(names) - 1))
    assert (len(packed), list(packed), packed[at], packed[at:]) == (len(names), names, names[at], tuple(names[at:]))
    assert packed == tuple(names)
    assert packed != (*names, names[0])


def test_a_place_without_names_keeps_no_text() -> None:
    assert pack(()) is None


def test_a_separator_inside_a_name_is_the_blank_that_it_reads_as() -> None:
    told = Names(pack([Name("Verin\x1fShorzha\x1e", "", "own"), Name("Kut", "hy", "own")]) or "")
    assert [name.text for name in told] == ["Verin Shorzha ", "Kut"]
