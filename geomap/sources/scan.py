"""Where records end: a vectorised scan of quotes, delimiters and line ends over the bytes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_QUOTE, _LF, _CR = b'"\n\r'

Offsets = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive records that are well quoted; one array element a record.

    `ends` holds offsets after the line end, `cells` the number of cells, `widest` the bytes of the widest cell and
    `filled` whether there is anything but delimiters. `doubtful` says that the record after them needs the strict path.
    """

    ends: Offsets
    cells: Offsets
    widest: Offsets
    filled: NDArray[np.bool_]
    doubtful: bool


def scan(codes: NDArray[np.uint8], start: int, stop: int, delimiter: int, width: int) -> Block:
    """Scan the bytes from a record's start up to `stop`; the data must end with a line end.

    The block ends before the first record that breaks the quoting of RFC 4180, or that runs over several lines with
    another number of cells than `width` (a quotation mark may have swallowed rows), and before a record that `stop`
    cuts in two.
    """
    window = codes[start:stop]
    breaks = _line_ends(codes, start, stop)
    quotes = np.flatnonzero(window == _QUOTE)
    cuts = np.flatnonzero(breaks | (window == delimiter))
    cuts = cuts[np.searchsorted(quotes, cuts) % 2 == 0]
    limit = _first_fault(codes, start, stop, quotes, delimiter)
    closing = np.flatnonzero(breaks[cuts] & (cuts < limit))
    block = _measure(window, cuts, closing, doubtful=limit < len(window))
    return _without_swallowed(block, np.flatnonzero(breaks), width, start) if len(quotes) else _shifted(block, start)


def _line_ends(codes: NDArray[np.uint8], start: int, stop: int) -> NDArray[np.bool_]:
    """Mark LF, and CR that no LF follows; of CR LF only the LF is marked."""
    window = codes[start:stop]
    lone = window == _CR
    if lone.any():
        following = codes[start + 1 : stop + 1]
        lone[: len(following)] &= following != _LF
    return lone | (window == _LF)


def _first_fault(codes: NDArray[np.uint8], start: int, stop: int, quotes: Offsets, delimiter: int) -> int:
    """Return the offset of the first quotation mark out of place, or the window's length.

    Marks open and close in turn (a doubled one closes and opens again): what stands before an opening one and after a
    closing one must be a delimiter, a line end or another mark.
    """
    beside = np.zeros(256, dtype=bool)
    beside[[_QUOTE, _LF, _CR, delimiter]] = True
    opening, closing = quotes[0::2], quotes[1::2]
    before = codes[start + opening - 1]
    after = codes[start + closing + 1]
    wrong = [opening[~beside[before] & (opening > 0)], closing[~beside[after]]]
    if stop == len(codes) and len(quotes) % 2:
        wrong.append(quotes[-1:])
    return int(min((marks[0] for marks in wrong if len(marks)), default=stop - start))


def _measure(window: NDArray[np.uint8], cuts: Offsets, closing: Offsets, *, doubtful: bool) -> Block:
    if not len(closing):
        return Block(closing, closing, closing, closing.astype(bool), doubtful)
    cuts = cuts[: closing[-1] + 1]
    widths = np.diff(cuts, prepend=-1) - 1
    last = cuts[closing]
    widths[closing] -= (window[last] == _LF) & (window[last - 1] == _CR) & (widths[closing] > 0)
    first = np.concatenate([[0], closing[:-1] + 1])
    widest = np.maximum.reduceat(widths, first)
    return Block(last + 1, np.diff(closing, prepend=-1), widest, widest > 0, doubtful)


def _without_swallowed(block: Block, breaks: Offsets, width: int, start: int) -> Block:
    lines = np.diff(np.searchsorted(breaks, block.ends), prepend=0)
    odd = np.flatnonzero((lines > 1) & (block.cells != width))
    if not len(odd):
        return _shifted(block, start)
    keep = slice(int(odd[0]))
    return Block(block.ends[keep] + start, block.cells[keep], block.widest[keep], block.filled[keep], doubtful=True)


def _shifted(block: Block, start: int) -> Block:
    return Block(block.ends + start, block.cells, block.widest, block.filled, block.doubtful)
