"""Decisions on names: pinned with a reason, taken back, and compared with the gazetteer as it is now."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from geomap.build import open_borders, open_gazetteer, read_files, scope
from geomap.errors import GeomapError, ProjectError
from geomap.gazetteer import Gazetteer
from geomap.join import side_of
from geomap.lock import Pins, accepted, change_lock, drift, standing
from geomap.lookup.column import Column
from geomap.lookup.names import AnyGazetteer, placed
from geomap.project import Project, read_lock
from geomap.render.answers import described
from geomap.render.text import count
from geomap.render.write import write_whole
from geomap.types import Pin, Place, Problem


def drifted(project: Project, gazetteer: AnyGazetteer) -> list[Problem]:
    """Return where the gazetteer has moved on since the project's names were pinned; see geomap.lock.drift."""
    return drift(read_lock(project.lock), gazetteer, str(project.lock)) if project.lock else []


def pinned_lines(project: Project) -> list[str]:
    """Say how many names are pinned in the project's places.lock; nothing without a project."""
    return [f"{project.lock}: {count(len(read_lock(project.lock)), 'pin')}"] if project.lock else []


def pin_names(project: Project, pins: Sequence[str], reason: str | None, columns: Sequence[Column] = ()) -> list[str]:
    """Write decisions NAME=ID into the project's places.lock and say what is new or changed, one line each.

    Beside the reason a pin keeps the place as it stands, how the gazetteer offered it, the gazetteer's version, and the
    file that first uses the name: one of `columns`, else of the project's files. Raises ProjectError without a project,
    without a reason, or for an id that the gazetteer does not hold.
    """
    lock = _lock(project, "--pin")
    if not reason:
        raise ProjectError("needs a reason", where="--pin", hint='add --reason "why this place"')
    gazetteer, used_in = open_gazetteer(project), _uses(project, columns)
    new = {pin.name: pin for pin in (_pin(gazetteer, text, reason, project, used_in) for text in pins)}

    def add(old: Pins) -> Pins:
        return {**old, **{name: _first_use_kept(pin, old.get(name)) for name, pin in new.items()}}

    before, after = change_lock(lock, add, write_whole)
    return [_change(before.get(name), after[name]) for name in new]


def _lock(project: Project, where: str) -> Path:
    if project.lock is None:
        raise ProjectError("needs a project to write to", where=where, hint="add --project geomap.toml")
    return project.lock


def _pin(gazetteer: Gazetteer, text: str, reason: str, project: Project, used_in: Callable[[str], str | None]) -> Pin:
    name, _, place_id = text.rpartition("=")
    name = name.strip()
    if not name or not place_id:
        raise ProjectError(f"{text!r} is not NAME=ID", where="--pin", hint="for example --pin Istisu=gn:174884")
    place = gazetteer.get(place_id)
    if place is None:
        raise ProjectError(
            f"no place has the id {place_id!r}", where="--pin", hint="geomap locate NAME shows ids in [brackets]"
        )
    method = _method(gazetteer, name, place, project)
    return Pin(name, place.id, reason, used_in(name), standing(place), method, gazetteer.version)


def _method(gazetteer: Gazetteer, name: str, place: Place, project: Project) -> str:
    """Return how the gazetteer offers a place for a name in the project's scope; where it knows none, around the place.

    A name that is ambiguous in the scope, the sides of the project's lines counted, is a rival's.
    """
    layers = open_borders(project)
    found = gazetteer.match(name, scope(project, layers) or None, side_of=side_of(layers))
    if found.status == "unknown":
        found = gazetteer.match(name, place.country, (place.lon, place.lat))
    if found.place and found.place.id == place.id:
        return found.method
    return "rival" if place.id in {rival.id for rival in found.rivals} else "pin"


def _first_use_kept(pin: Pin, old: Pin | None) -> Pin:
    return replace(pin, input=old.input) if old and old.input else pin


def _uses(project: Project, columns: Sequence[Column]) -> Callable[[str], str | None]:
    """Return what tells the first file that uses a name, as given and never with a person's folders."""
    names: dict[str, str] = {}
    for column in columns:
        for name in column.names:
            names.setdefault(name, _shown(column.path, project.folder))
    if not columns:
        names.update(_project_uses(project))
    return names.get


def _project_uses(project: Project) -> dict[str, str]:
    """Return the first file of each name in the project's own files; nothing where they cannot be read."""
    try:
        table = read_files(project).table if project.files else None
    except GeomapError:
        return {}
    if table is None:
        return {}
    named = table[["place_text", "file"]].dropna().drop_duplicates("place_text")
    return {row.place_text.strip(): _shown(row.file, project.folder) for row in named.itertuples(index=False)}


def _shown(path: str, folder: Path | None) -> str:
    """Return a path below the project's folder or as given; of one that leads elsewhere its name alone."""
    given = PurePath(path)
    if folder and given.is_relative_to(folder):
        given = given.relative_to(folder)
    return given.name if given.is_absolute() or {"..", "~"} & set(given.parts) else given.as_posix()


def _change(old: Pin | None, pin: Pin) -> str:
    if old is None:
        return f"new pin: {pin.name} = {pin.id}: {pin.reason}"
    return f"changed pin: {pin.name} = {pin.id} (was {old.id}): {pin.reason}"


def unpin_names(project: Project, names: Sequence[str]) -> list[str]:
    """Take names out of the project's places.lock and say what they were pinned to, one line each.

    Raises ProjectError without a project, or for a name that is not pinned, naming the nearest; then nothing is
    written.
    """
    lock = _lock(project, "--unpin")

    def remove(old: Pins) -> Pins:
        if unknown := next((name for name in names if name not in old), None):
            raise ProjectError(f"{unknown!r} is not pinned in {lock}", where="--unpin", hint=_nearest(unknown, old))
        return {name: pin for name, pin in old.items() if name not in names}

    before, _ = change_lock(lock, remove, write_whole)
    return [f"removed pin: {name} = {before[name].id}: {before[name].reason}" for name in dict.fromkeys(names)]


def _nearest(name: str, pins: Pins) -> str:
    by_fold = {pinned.casefold(): pinned for pinned in pins}
    near = difflib.get_close_matches(name.casefold(), by_fold, n=1)
    return f"did you mean {by_fold[near[0]]!r}?" if near else _none_like_it(len(pins))


def _none_like_it(held: int) -> str:
    if not held:
        return "it holds no pins"
    return "it holds 1 pin, of another name" if held == 1 else f"it holds {held} pins, none of a name like it"


def accept_drift(project: Project) -> list[str]:
    """Record each pinned place as the gazetteer holds it now, where that is news, and say so, one line each.

    Ids and reasons stay. A place that is gone cannot be accepted: it stays reported until it is pinned again.
    """
    lock, gazetteer = _lock(project, "--accept-drift"), open_gazetteer(project)

    def accept(old: Pins) -> Pins:
        stale = {name for name, pin in old.items() if pin.place is None or drift([pin], gazetteer)}
        return {n: accepted(pin, gazetteer, gazetteer.version) if n in stale else pin for n, pin in old.items()}

    before, after = change_lock(lock, accept, write_whole)
    return [_accepted(pin, gazetteer) for name, pin in after.items() if pin != before[name]]


def _accepted(pin: Pin, gazetteer: Gazetteer) -> str:
    place = gazetteer.get(pin.id)
    return f"accepted: {pin.name} = {pin.id}: {described(placed(place)) if place else 'no place'}"
