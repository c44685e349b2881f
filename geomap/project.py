"""geomap.toml and places.lock: the only configuration, checked key by key."""

from __future__ import annotations

import difflib
import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, field_validator, model_validator

from geomap.errors import ProjectError
from geomap.types import Pin, PinnedPlace

if TYPE_CHECKING:
    from collections.abc import Iterable

LOCK_NAME = "places.lock"
_LATER = ("repairs", "publish", "tiles", "languages", "engine")
"""Keys of later versions, refused by name so that nobody believes they took effect."""


def _iso_date(value: object) -> object:
    """Return a date of TOML, or its text, as an ISO date; raises ValueError for a text that is none."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, str):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise ValueError(f"{value!r} is not a date such as 2022-10-31") from None
    return value


IsoDate = Annotated[str, BeforeValidator(_iso_date)]
"""A date of TOML or its text, as YYYY-MM-DD."""

DEFAULT_BORDERS = "default"
"""The word in `borders` for the layers that geomap ships; they name their own sources."""


class BorderFile(BaseModel):
    """A border file of a project, and what it does not say of itself.

    `path` is a path or glob below the project's folder, or `DEFAULT_BORDERS`, which takes no other key. The other keys
    are the keywords of `geomap.read_borders`, and mean the same: they fill what the features leave empty.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    path: str
    layer: str | None = None
    sublayer: str | None = None
    role: str | None = None
    side_a: str | None = None
    side_b: str | None = None
    status: str | None = None
    claimed_by: str | None = None
    name: str | None = None
    valid_from: IsoDate | None = None
    valid_to: IsoDate | None = None
    vintage: str | None = None
    source: str | None = None
    licence: str | None = None
    error_km: float | None = None
    error_note: str | None = None
    schematic: bool | None = None
    crs: str | None = None
    repair: bool = False

    @model_validator(mode="after")
    def _default_is_bare(self) -> BorderFile:
        if self.path == DEFAULT_BORDERS and self.keywords():
            raise ValueError(f"{DEFAULT_BORDERS!r} states its own dates and sources, so it takes no other key")
        return self

    def keywords(self) -> dict[str, Any]:
        """Return the keywords that `geomap.read_borders` is to be given."""
        return self.model_dump(exclude={"path"}, exclude_defaults=True)


class Project(BaseModel):
    """A map to build: its words, its files and its choices. All keys are optional.

    `folder` is where geomap.toml lies (None for a map made of files alone); `files`, `claims`, `gazetteer` and
    `borders` are paths or globs below it. `countries` are ISO 3166-1 alpha-2 codes that scope place names. `as_of` is
    the ISO date that claims are known up to, and whose lines rows without a date are measured to.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    credit: str | None = None
    alt: str | None = None
    files: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    gazetteer: str | None = None
    borders: tuple[BorderFile, ...] = ()
    as_of: IsoDate | None = None
    mapping: dict[str, dict[str, str]] = {}
    dates: Literal["dmy", "mdy"] | None = None
    permission: str | None = None
    folder: Path | None = None

    @field_validator("files", "claims", "countries", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """Accept one string for a list of one."""
        return _as_tuple(value)

    @field_validator("borders", mode="before")
    @classmethod
    def _border_files(cls, value: object) -> object:
        """Accept one path or table for a list of one, and a path for a table that holds nothing else."""
        files: Any = _as_tuple(value)
        if not isinstance(files, tuple) or not all(isinstance(file, str | dict | BorderFile) for file in files):  # pyright: ignore[reportUnknownVariableType]
            raise ValueError('not a list of paths and tables such as { path = "line.geojson", status = "claimed" }')
        return tuple({"path": file} if isinstance(file, str) else file for file in files)  # pyright: ignore[reportUnknownVariableType]

    @field_validator("countries")
    @classmethod
    def _codes(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for code in value:
            if not (len(code) == 2 and code.isascii() and code.isalpha()):
                raise ValueError(f"{code!r} is not a two-letter country code such as AM")
        return tuple(code.upper() for code in value)

    def changed(self, **values: object) -> Project:
        """Return the project with some values replaced; raises ProjectError for a value that does not fit."""
        return _validated({**self.model_dump(), **values}, "the command line")

    @property
    def lock(self) -> Path | None:
        """The path of places.lock beside geomap.toml, whether it exists or not; None without a project file."""
        return self.folder / LOCK_NAME if self.folder else None

    def paths(self, patterns: Iterable[str]) -> list[Path]:
        """Expand globs below the project's folder, sorted; a pattern that finds nothing is kept as a plain path."""
        root = self.folder or Path()
        found: list[Path] = []
        for pattern in patterns:
            hits = sorted(root.glob(pattern)) if _is_glob(pattern) else [root / pattern]
            if not hits:
                raise ProjectError(f"no file matches {pattern!r}", where=f"{root / 'geomap.toml'}: files")
            found += [path for path in hits if path not in found]
        return found


def _as_tuple(value: object) -> object:
    if isinstance(value, str | dict):
        return (value,)  # pyright: ignore[reportUnknownVariableType]
    return tuple(value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _is_glob(pattern: str) -> bool:
    return any(mark in pattern for mark in "*?[")


def read_project(path: str | Path) -> Project:
    """Read a geomap.toml.

    Raises ProjectError, naming file and key: not there, not TOML, an unknown key (with the nearest known one) or a
    value of the wrong kind.
    """
    path = Path(path)
    raw = _read_toml(path)
    if unknown := next((key for key in raw if key not in Project.model_fields or key == "folder"), None):
        raise ProjectError(f"unknown key {unknown!r}", where=str(path), hint=_advice(unknown))
    return _validated({**raw, "folder": path.parent}, str(path))


def _validated(values: dict[str, Any], where: str) -> Project:
    try:
        return Project.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        *path, key = (str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden" and path:
            raise ProjectError(
                f"unknown key {key!r}", where=f"{where}: {_key(path)}", hint=_advice(key, BorderFile.model_fields)
            ) from None
        raise ProjectError(first["msg"].removeprefix("Value error, "), where=f"{where}: {_key([*path, key])}") from None


def _key(path: Iterable[str]) -> str:
    """Name a key as an editor counts: the second of a list is 2."""
    return ".".join(str(int(part) + 1) if part.isdigit() else part for part in path)


def _advice(key: str, keys: Iterable[str] = ()) -> str:
    known = list(keys) or [name for name in Project.model_fields if name != "folder"]
    if key in _LATER:
        return "this version of geomap does not support it; take it out"
    near = difflib.get_close_matches(key, known, n=1)
    return f"did you mean {near[0]!r}?" if near else "known keys: " + ", ".join(known)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ProjectError("no such file", where=str(path), hint="geomap new FOLDER makes one") from None
    except IsADirectoryError:
        raise ProjectError("is a folder", where=str(path), hint="name the geomap.toml in it") from None
    except UnicodeDecodeError:
        raise ProjectError("is not UTF-8 text", where=str(path)) from None
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(f"is not valid TOML: {error}", where=str(path)) from None
    except OSError as error:
        raise ProjectError(f"cannot be read: {error.strerror}", where=str(path)) from None


def read_lock(path: Path) -> list[Pin]:
    """Read places.lock: a list of pins in file order, empty when there is no such file.

    Raises ProjectError, naming pin and key: a pin that lacks name, id or reason, an unknown key, a value of the wrong
    kind, one name pinned twice.
    """
    if not path.is_file():
        return []
    raw = _read_toml(path)
    if unknown := min(set(raw) - {"pin"}, default=None):
        raise ProjectError(f"unknown key {unknown!r}", where=str(path), hint="each pin stands under its own [[pin]]")
    entries: Any = raw.get("pin", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):  # pyright: ignore[reportUnknownVariableType]
        raise ProjectError("pin is no table", where=str(path), hint="each pin stands under its own [[pin]]")
    pins = [_pin(entry, f"{path}: pin {number}") for number, entry in enumerate(entries, 1)]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    names = [pin.name for pin in pins]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ProjectError(f"{twice!r} is pinned twice", where=str(path), hint="keep one of them")
    return pins


_NEEDED, _ADDED = ("name", "id", "reason"), ("method", "input", "gazetteer")
_ORDER = (*_NEEDED, "place", *_ADDED)
"""The keys of a pin, in the order in which they are written."""


def _pin(entry: dict[str, Any], where: str) -> Pin:
    for key in _NEEDED:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise ProjectError(f"lacks its {key}", where=where, hint="each pin has name, id and reason")
    if unknown := min(set(entry) - set(_ORDER), default=None):
        near = difflib.get_close_matches(unknown, _ORDER, n=1)
        raise ProjectError(f"unknown key {unknown!r}", where=where, hint=f"did you mean {near[0]!r}?" if near else None)
    if wrong := next((key for key in _ADDED if not isinstance(entry.get(key, ""), str)), None):
        raise ProjectError(f"its {wrong} is no text", where=where)
    place = _pinned_place(entry["place"], where) if "place" in entry else None
    needed, added = (entry[key] for key in _NEEDED), {key: entry.get(key) for key in _ADDED}
    return Pin(*needed, place=place, **added)


def _pinned_place(entry: Any, where: str) -> PinnedPlace:
    match entry:
        case {"name": str(name), "lon": int() | float() as lon, "lat": int() | float() as lat, **rest}:
            country = rest.pop("country", None)
        case _:
            name, country, lon, lat, rest = "", None, 0, 0, {"": None}
    if rest or not isinstance(country, str | None) or not (abs(lon) <= 180 and abs(lat) <= 90):
        hint = 'such as { name = "Jermuk", country = "AM", lon = 45.67112, lat = 39.83948 }'
        raise ProjectError("its place is not understood", where=where, hint=hint)
    return PinnedPlace(name, country, float(lon), float(lat))


LOCK_HEAD = "# Decisions about place names, one pin each: the name as written, the place's id, and why.\n"


def format_lock(pins: Iterable[Pin]) -> str:
    """Format pins as places.lock, sorted by name, so that version control shows what changed."""
    return "\n".join([LOCK_HEAD, *map(format_pin, sorted(pins, key=lambda pin: lock_order(pin.name)))])


def lock_order(name: str) -> tuple[str, str]:
    """Return what pins are sorted by: the name whatever its case, then as it is."""
    return name.casefold(), name


def format_pin(pin: Pin) -> str:
    """Format one pin as a TOML table; what is not known is left out. Positions keep five decimals (1 m)."""
    lines = [
        f"{key} = {_inline(value) if isinstance(value, PinnedPlace) else _toml_string(value)}"
        for key in _ORDER
        if (value := getattr(pin, key))
    ]
    return "\n".join(["[[pin]]", *lines, ""])


def _inline(place: PinnedPlace) -> str:
    country = f"country = {_toml_string(place.country)}, " if place.country else ""
    return f"{{ name = {_toml_string(place.name)}, {country}lon = {place.lon:.5f}, lat = {place.lat:.5f} }}"


def _toml_string(text: str) -> str:
    """Quote a TOML basic string: JSON's escapes, and DEL, which TOML 1.0 forbids as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
