from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.sources.text import to_utf8

RUSSIAN = "дата;место;описание\n2022-09-13;Джермук;«обстрел» — сообщило МО\n"
FRENCH = "date,lieu,détail\n2022-09-13,Jermuk,« tirs » à l’aube — 3 blessés\n"
ARMENIAN = "date,place\n2022-09-13,Սոթք\n2022-09-13,Laçın\n"


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (ARMENIAN, "utf-8", "UTF-8"),
        (ARMENIAN, "utf-8-sig", "UTF-8 with a byte order mark"),
        (ARMENIAN, "utf-16", "UTF-16"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN.upper(), "cp1251", "cp1251"),
        (FRENCH, "cp1252", "cp1252"),
        ("place,détail\nJermuk,été\n", "latin-1", "Latin-1"),
        ("plain,ascii\n", "ascii", "UTF-8"),
    ],
)
def test_the_encoding_is_found_from_the_content(text: str, encoding: str, name: str) -> None:
    found = to_utf8(text.encode(encoding), where="file")
    assert (found.data.decode(), found.encoding, found.damaged) == (text, name, False)


def test_big_endian_utf_16() -> None:
    assert to_utf8(codecs.BOM_UTF16_BE + ARMENIAN.encode("utf-16-be"), where="file").data.decode() == ARMENIAN


def test_control_and_direction_characters_are_kept() -> None:
    text = "a,b\n\u202eabc\u202c,x\u200by\x07\n"
    assert to_utf8(text.encode(), where="file").data.decode() == text


def test_a_damaged_byte_does_not_turn_utf_8_into_another_encoding() -> None:
    data = ARMENIAN.encode() + b"2022-09-14,Goris\xff\n"
    found = to_utf8(data, where="file")
    assert found.damaged
    assert found.encoding == "UTF-8 with damaged bytes"
    assert found.data.decode() == ARMENIAN + "2022-09-14,Goris\0\n"


@given(
    st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_unicode_comes_back_as_it_was(text: str, encoding: str) -> None:
    assert to_utf8(text.encode(encoding), where="file").data.decode() == text
