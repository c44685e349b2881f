"""Hilbert's curve over longitude and latitude: an order in which what is consecutive is near each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.integer]
Floats = NDArray[np.float64]

_BITS = 14


def hilbert(lon: Floats, lat: Floats) -> Codes:
    """Return where finite positions in degrees lie on Hilbert's curve through 16,384 x 16,384 cells of the globe.

    Unlike the Z-order this curve has no jumps, so every run of it is compact. Longitudes are taken modulo 360.
    J. Skilling, Programming the Hilbert curve, 2004, doi:10.1063/1.1751381.
    """
    cells = 1 << _BITS
    x = np.minimum((lon / 360 + 0.5) % 1 * cells, cells - 1).astype(np.uint32)
    y = np.minimum((lat / 180 + 0.5) * cells, cells - 1).astype(np.uint32)
    for bit in range(_BITS - 1, 0, -1):
        rest = np.uint32((1 << bit) - 1)
        x ^= rest * (x >> bit & 1)
        upper = y >> bit & 1
        swap = (x ^ y) & rest * (1 - upper)
        x ^= swap | rest * upper
        y ^= swap
    return _interleave(*_gray(x, y))


def _gray(x: Codes, y: Codes) -> tuple[Codes, Codes]:
    """Turn the transformed cells into the two halves of the position's bits (Skilling's Gray encoding)."""
    y = y ^ x
    flip = y >> 1
    for shift in (1, 2, 4, 8):
        flip ^= flip >> shift
    return x ^ flip, y ^ flip


def _interleave(high: Codes, low: Codes) -> Codes:
    return _spread(high) << 1 | _spread(low)


def _spread(bits: Codes) -> Codes:
    """Put a zero bit above each of 16 bits (the usual halving masks)."""
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        bits = (bits | bits << shift) & mask
    return bits
