"""Decisions that last: places.lock changed without losing a word, and where the gazetteer has moved on since."""

from __future__ import annotations

import os
import re
import time
import tomllib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Protocol

from geomap.errors import ProjectError
from geomap.geodesy import distance_m
from geomap.project import LOCK_HEAD, format_pin, lock_order, read_lock
from geomap.types import Pin, PinnedPlace, Place, Problem

Pins = Mapping[str, Pin]
"""Pins by name."""
MOVED_KM = 1.0
"""Distance from which a pinned place counts as moved: the radius of a village in geomap's tables, a convention."""
_WAIT_S = 10.0
_HEADER = re.compile(r"[ \t]*\[\[[ \t]*pin[ \t]*\]\]")


class Holder(Protocol):
    """What drift asks of a gazetteer."""

    def get(self, place_id: str) -> Place | None:  # pragma: no cover
        """Return the place that bears an id."""
        ...


def standing(place: Place) -> PinnedPlace:
    """Return what a lock remembers of a place; positions are rounded to the five decimals that are written (1 m)."""
    return PinnedPlace(place.name, place.country, round(place.lon, 5), round(place.lat, 5))


def drift(pins: Iterable[Pin], gazetteer: Holder, file: str | None = None) -> list[Problem]:
    """Report the pins whose place the gazetteer now holds elsewhere, under another name or country, or not at all.

    The codes are pin_moved (by more than MOVED_KM along the geodesic), pin_renamed and pin_gone; one pin may have two.
    Pins of older locks, which remember no place, can only be gone. Nothing is changed: the present place is used.
    """
    return [
        Problem(code, f"pin {pin.name!r}: {pin.id} {what}", file=file, value=pin.name, hint=hint)
        for pin in pins
        for code, what, hint in _drifted(pin, gazetteer.get(pin.id))
    ]


_HINT = "the present place is used; decide again with --pin, or accept it with --accept-drift"


def _drifted(pin: Pin, now: Place | None) -> Iterator[tuple[str, str, str]]:
    """Yield code, what happened and what to do; the versions of the gazetteer stand in the lock."""
    then = pin.place
    if now is None:
        yield "pin_gone", "is no longer in the gazetteer", "the name stays unplaced until it is pinned again"
    elif then:
        away = float(distance_m(then.lon, then.lat, now.lon, now.lat)) / 1000
        if away > MOVED_KM:
            yield "pin_moved", f"moved {away:.1f} km since it was pinned", _HINT
        if (then.name, then.country) != (now.name, now.country):
            was, names = _named(then.name, then.country), _named(now.name, now.country)
            yield "pin_renamed", f"was {was} when it was pinned and is now {names}", _HINT


def _named(name: str, country: str | None) -> str:
    return f"{name} ({country or 'no country'})"


def accepted(pin: Pin, gazetteer: Holder, version: str) -> Pin:
    """Return the pin with its place as it stands now; a pin whose place is gone comes back as it was."""
    now = gazetteer.get(pin.id)
    return replace(pin, place=standing(now), gazetteer=version) if now else pin


# Writing --------------------------------------------------------------------------------------------------------


def change_lock(
    path: Path, change: Callable[[Pins], Pins], write: Callable[[Path, bytes], object], *, wait_s: float = _WAIT_S
) -> tuple[Pins, Pins]:
    """Read places.lock, change its pins and write it whole with `write`; return the pins before and after.

    Writers take turns, so that none loses another's pins: each holds places.lock.busy while it reads and writes, and
    waits up to `wait_s` for the others. Raises ProjectError when the turn does not come, or for a lock that cannot be
    read or kept. What is unchanged keeps its text to the letter, see `merged`.
    """
    with _turn(path, wait_s):
        before = {pin.name: pin for pin in read_lock(path)}
        after = change(before)
        if after != before:
            text = path.read_text(encoding="utf-8-sig") if path.is_file() else LOCK_HEAD
            write(path, merged(text, before, after, str(path)).encode())
    return before, after


@contextmanager
def _turn(path: Path, wait_s: float) -> Generator[None, None, None]:
    """Hold the file that tells other writers to wait; only one process can create it."""
    busy, until = path.with_name(f"{path.name}.busy"), time.monotonic() + wait_s
    while True:
        try:
            os.close(os.open(busy, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            if time.monotonic() > until:
                hint = f"try again; if no other geomap is running, delete {busy.name} beside it"
                raise ProjectError("is being written by another process", where=str(path), hint=hint) from None
            time.sleep(0.02)
        except OSError as error:
            raise ProjectError(f"cannot be written: {error.strerror}", where=str(path)) from None
    try:
        yield
    finally:
        busy.unlink(missing_ok=True)


def merged(text: str, before: Pins, after: Pins, where: str) -> str:
    """Return the text of a lock with its pins changed from `before` to `after`, sorted by name.

    Kept to the letter: the comments at the file's beginning and end, every pin that stays as it was, and the comments
    above any pin that stays. A pin that changes is written anew, without the comments between its lines. Raises
    ProjectError when pins do not stand one to a [[pin]], so that their text cannot be told apart.
    """
    head, blocks, tail = _blocks(text, where)
    if blocks.keys() != before.keys():
        hint = "write each pin under its own [[pin]], its keys below"
        raise ProjectError("is laid out so that it cannot be changed safely", where=where, hint=hint)
    pins = [
        blocks[name] if pin == before.get(name) else _comments(blocks.get(name, "")) + format_pin(pin).rstrip("\n")
        for name, pin in sorted(after.items(), key=lambda item: lock_order(item[0]))
    ]
    return "\n\n".join(filter(None, [head, *pins, tail])) + "\n"


def _blocks(text: str, where: str) -> tuple[str, dict[str, str], str]:
    """Return the comments before the first pin, the text of each pin with the comments above it, those at the end.

    Lines end as TOML's do, at a line feed; other breaks may stand inside a name.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    headers = [number for number, line in enumerate(lines) if _HEADER.match(line)]
    if not headers:
        return text.strip("\n"), {}, ""
    first = _above(lines, headers[0], gaps=False)
    starts = [first or headers[0], *(_above(lines, header) for header in headers[1:]), _above(lines, len(lines))]
    head, *parts, tail = (
        "\n".join(lines[start:end]).strip("\n") for start, end in zip([0, *starts], [*starts, len(lines)], strict=True)
    )
    return head, {_name_in(part, where): part for part in parts}, tail


def _above(lines: list[str], end: int, *, gaps: bool = True) -> int:
    """Return where the comments above a line begin; with `gaps` also those with blank lines between."""
    start = end
    while start and (_is_comment(lines[start - 1]) or (gaps and not lines[start - 1].strip())):
        start -= 1
    return start


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _name_in(part: str, where: str) -> str:
    try:
        return tomllib.loads(part)["pin"][0]["name"]
    except (tomllib.TOMLDecodeError, LookupError, TypeError):
        raise ProjectError("cannot be changed safely: [[pin]] stands inside a text", where=where) from None


def _comments(block: str) -> str:
    above = takewhile(lambda line: not _HEADER.match(line), block.split("\n"))
    return "".join(f"{line}\n" for line in above if _is_comment(line))
