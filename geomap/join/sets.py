"""Sets of small numbers, one a position, as integer codes: what a million rows share is then described once."""

from __future__ import annotations

import numpy as np

from geomap.join.cells import Flags, Ints

Sets = list[tuple[int, ...]]


def set_codes(group: Ints, member: Ints, size: int) -> tuple[Ints, Sets]:
    """Give the distinct sets of members a number; return that of groups 0 to `size` - 1, and the sets numbered.

    `group` and `member` have one entry a group and member, sorted by group, then member; a group may have none.
    """
    count = np.bincount(group, minlength=size)
    first = np.cumsum(count) - count
    codes = np.zeros(size, dtype=np.intp)
    width = int(member.max(initial=-1)) + 2
    for place in range(int(count.max(initial=0))):
        more = np.flatnonzero(count > place)
        codes *= width
        codes[more] += member[first[more] + place] + 1
        codes = np.unique(codes, return_inverse=True)[1]
    _, where, codes = np.unique(codes, return_index=True, return_inverse=True)
    return codes, [tuple(member[first[at] : first[at] + count[at]].tolist()) for at in where.tolist()]


def first_of(group: Ints, size: int, prefer: Flags | None = None) -> Ints:
    """Return the position of each group's first entry, or of its first preferred one where it has one.

    `group` is sorted, and each of 0 to `size` - 1 has an entry.
    """
    first = np.searchsorted(group, np.arange(size))
    if prefer is None or prefer.all():
        return first
    chosen = np.flatnonzero(prefer)
    groups, where = np.unique(group[chosen], return_index=True)
    first[groups] = chosen[where]
    return first
