"""Compare spellings of names across the packages; kept apart from geomap's own keys, which change with its matching."""

from __future__ import annotations

import re
import unicodedata

_DOUBLED = re.compile(r"(\w)\1+")
_RIVALS = str.maketrans("yjwqıəłđøæ", "iivkialdoa")


def plain(text: str) -> str:
    """Return a name's letters and digits without case and marks; what differs in no more is one name twice."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if letter.isalnum())


def loose(text: str) -> str:
    """Return `plain` with rival romanisations evened out: kh and h, y, j and i, w and v, q and k, doubled letters."""
    return _DOUBLED.sub(r"\1", plain(text).translate(_RIVALS).replace("kh", "h"))
