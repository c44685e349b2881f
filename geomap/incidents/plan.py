"""Which preset reads a file, and which of the file's columns becomes which of ours."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geomap.errors import SourceError
from geomap.incidents.presets import PLAIN, PRESETS
from geomap.types import Preset

_LISTED = 12
"""Columns that an error lists."""
_APART = re.compile(r"[\s_.\-]+")


@dataclass(frozen=True, slots=True)
class Plan:
    """How one file is read: its preset, and for each of our columns the file's columns that fill it."""

    preset: Preset
    columns: dict[str, tuple[str, ...]]
    """Our column -> the file's columns: the one that is read, and those read where its cell is empty."""
    joined: dict[str, tuple[str, ...]]
    unused: tuple[str, ...]

    def file_name(self, ours: str) -> str:
        """Return what the file calls one of our columns."""
        return next(iter(self.columns.get(ours, ()) or self.joined.get(ours, ())), ours)


def heading(name: str) -> str:
    """Return a column name without case and separators, so that EVENT_DATE and "event date" are one."""
    return _APART.sub(" ", name.strip()).casefold().strip()


def is_shown(preset: Preset, columns: Sequence[str]) -> bool:
    """Tell whether a file's columns show that it is of a preset."""
    names = {heading(name) for name in columns}
    return any({heading(name) for name in needed} <= names for needed in preset.shown_by)


def choose(columns: Sequence[str], preset: str | None, where: str) -> Preset:
    """Return the preset of this name, or the one that the file's columns show; raises SourceError for no such name."""
    if preset is None:
        return next((known for known in PRESETS.values() if is_shown(known, columns)), PLAIN)
    if preset not in PRESETS:
        raise SourceError(f"no preset is called {preset!r}", where=where, hint=f"presets: {', '.join(PRESETS)}")
    return PRESETS[preset]


def make_plan(columns: Sequence[str], preset: Preset, mapping: Mapping[str, str] | None, where: str) -> Plan:
    """Match the file's columns to ours; `mapping` (our column -> the file's) comes before the preset's names.

    Raises SourceError, naming the nearest known one, where the mapping names a column that does not exist.
    """
    known: dict[str, str] = {}
    for name in columns:
        known.setdefault(heading(name), name)
    found = {ours: _present(names, known) for ours, names in preset.columns.items()}
    for ours, names in preset.fallbacks.items():
        found[ours] = found.get(ours, ()) + tuple(known[heading(name)] for name in names if heading(name) in known)
    found |= {ours: (_mapped(ours, name, preset, known, where),) for ours, name in (mapping or {}).items()}
    joined = {
        ours: tuple(name for names in parts for name in _present(names, known)) for ours, parts in preset.joined.items()
    }
    joined = {ours: names for ours, names in joined.items() if names and ours not in (mapping or {})}
    taken = _first_taker(found, mapping or {})
    used = {name for names in (*taken.values(), *joined.values()) for name in names}
    return Plan(preset, taken, joined, tuple(name for name in columns if name not in used))


def _present(names: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    return next(((known[heading(name)],) for name in names if heading(name) in known), ())


def _first_taker(found: Mapping[str, tuple[str, ...]], mapping: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Give a column that the mapping names to the mapping alone; leave out what is empty."""
    claimed = {names[0] for ours, names in found.items() if ours in mapping and names}
    return {
        ours: kept for ours, names in found.items()
        if (kept := names if ours in mapping else tuple(name for name in names if name not in claimed))
    }  # fmt: skip


def _mapped(ours: str, name: str, preset: Preset, known: Mapping[str, str], where: str) -> str:
    ours_known = {*PLAIN.columns, *preset.columns}
    if ours not in ours_known:
        raise SourceError(f"mapping names no column of geomap: {ours!r}", where=where, hint=_nearest(ours, ours_known))
    if heading(name) not in known:
        raise SourceError(
            f"mapping names a column that the file lacks: {name!r}",
            where=where,
            hint=_nearest(name, set(known.values())),
        )
    return known[heading(name)]


def _nearest(name: str, names: set[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(names))}"


def require_places(plan: Plan, where: str, *, geometries: bool) -> None:
    """Raise SourceError when no column can say where anything happened."""
    named = {"place_text", "coordinates"} & set(plan.columns)
    if geometries or named or {"lat", "lon"} <= set(plan.columns):
        return
    found = ", ".join(plan.unused[:_LISTED]) + (" ..." if len(plan.unused) > _LISTED else "")
    hint = "name it in a mapping from place_text, or from lat and lon" + (f"; the file has {found}" if found else "")
    raise SourceError("no column is known as a place or as coordinates", where=where, hint=hint)
