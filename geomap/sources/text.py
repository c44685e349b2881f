"""Bytes to UTF-8: which encoding a text is in, decided from its content and said."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import numpy as np

from geomap.errors import SourceError

_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "latin-1": "Latin-1"}
_CHUNK = 1 << 20
_SURROGATES = re.compile("[\udc80-\udcff]")
DAMAGE = b"\x00"
"""Stands in decoded text where bytes were not UTF-8; a NUL never stands there otherwise."""

_CP1252_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_CP1251_UNDEFINED = 0x98
_CYRILLIC_RUNS = 0.4
"""Share of high letters that follow one another above which a single-byte text is Cyrillic.

Russian words are runs of high bytes (share about 0.8); accented Latin letters stand alone between ASCII ones.
"""


@dataclass(frozen=True, slots=True)
class Text:
    """A text as UTF-8 without a byte order mark, and the encoding that it was in."""

    data: bytes
    encoding: str
    damaged: bool = False
    """Some bytes were not in the encoding; DAMAGE stands in their place."""


def to_utf8(data: bytes, *, where: str) -> Text:
    """Decode UTF-8, UTF-16 with its mark, or one of cp1251, cp1252 and Latin-1 by content.

    A text that is UTF-8 but for a few bytes stays UTF-8 and is marked damaged, so that only their rows are lost.
    Raises SourceError for binary data: NUL characters, or UTF-16 that does not decode.
    """
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, where)
    if b"\x00" in data:
        raise _binary(where)
    if _is_utf8(data):
        return Text(data, "UTF-8")
    return _mostly_utf8(data) or _single_byte(data)


def _marked(data: bytes, encoding: str, where: str) -> Text:
    if encoding == "utf-8":
        text = to_utf8(data, where=where)
        return Text(text.data, f"{text.encoding} with a byte order mark", text.damaged)
    try:
        text = data.decode(encoding).encode("utf-8")
    except UnicodeDecodeError:
        raise SourceError("begins like UTF-16 text but is not", where=where, hint="save it as UTF-8") from None
    if b"\x00" in text:
        raise _binary(where)
    return Text(text, _NAMES[encoding])


def _binary(where: str) -> SourceError:
    return SourceError("is binary data, not text (it holds NUL bytes)", where=where, hint="save it as CSV in UTF-8")


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: bytes) -> Text | None:
    """Return the text as damaged UTF-8 when more of its characters beyond ASCII decode than fail."""
    marked = _SURROGATES.sub(DAMAGE.decode(), data.decode("utf-8", errors="surrogateescape")).encode("utf-8")
    failed = marked.count(DAMAGE)
    decoded = np.count_nonzero(np.frombuffer(marked, dtype=np.uint8) >= 0xC0)  # lead bytes
    return Text(marked, "UTF-8 with damaged bytes", damaged=True) if decoded > failed else None


def _single_byte(data: bytes) -> Text:
    codes = np.frombuffer(data, dtype=np.uint8)
    present = np.zeros(256, dtype=bool)
    present[np.unique(codes)] = True
    if not present[_CP1251_UNDEFINED] and _is_cyrillic(codes):
        encoding = "cp1251"
    elif present[0x80:0xA0].any() and not present[list(_CP1252_UNDEFINED)].any():
        encoding = "cp1252"
    else:
        encoding = "latin-1"
    return Text(data.decode(encoding).encode("utf-8"), _NAMES.get(encoding, encoding))


def _is_cyrillic(codes: np.ndarray) -> bool:
    letters = (codes >= 0xC0) | (codes == 0xA8) | (codes == 0xB8)  # А to я, Ё, ё in cp1251
    runs = np.count_nonzero(letters[1:] & letters[:-1])
    return bool(runs > _CYRILLIC_RUNS * np.count_nonzero(letters))
