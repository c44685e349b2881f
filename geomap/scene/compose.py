"""compose: tables become a Scene."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.account import Account, is_placed, set_aside, value_or_none
from geomap.scene.columns import encode_table, positions, word
from geomap.scene.lines import layers_in_words, line_credits, measured_pairs, scene_lines
from geomap.scene.places import Atlas, Extent, name_rivals, scene_places
from geomap.types import CLAIMS, MANY, SCENE_VERSION, InputFile, Place, Problem

KIND_STYLES = (
    ("#d55e00", "circle"), ("#0072b2", "square"), ("#009e73", "diamond"), ("#cc79a7", "triangle"),
    ("#e69f00", "hexagon"), ("#56b4e9", "cross"), ("#f0e442", "circle"),
)  # fmt: skip
"""Colour and shape of the most frequent kinds, in order; safe for colour blindness (Okabe and Ito 2008)."""
OTHER_STYLE = ("#5b5b5b", "circle")


@dataclass(frozen=True)
class Scene:
    """A composed map: `document` is plain data as the page, the still and `diff` read it."""

    document: Mapping[str, Any]

    def to_json(self) -> str:
        """Serialise canonically: one line, key order fixed, no spaces; NaN is refused with ValueError."""
        return json.dumps(self.document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True)
class Words:
    """What the map says about itself; `as_of` is the ISO date that cuts claims, `built` the date of the build."""

    title: str = "Incidents"
    standfirst: str | None = None
    byline: str | None = None
    credit: str | None = None
    alt: str | None = None
    as_of: str | None = None
    built: str | None = None
    tool: str = "geomap"
    gazetteer: str = ""
    method: tuple[str, ...] = ()
    credits: tuple[Mapping[str, str], ...] = ()
    citations: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    download: bool = True
    embed_text: bool = True


def compose(
    table: gpd.GeoDataFrame,
    *,
    claims: pd.DataFrame | None = None,
    borders: gpd.GeoDataFrame | None = None,
    account: Account | None = None,
    words: Words | None = None,
    atlas: Atlas | None = None,
) -> Scene:
    """Compose a scene from a located and joined incident table.

    Rows are put into one order (start, id), so that the order of the input files changes no byte. Claims published
    after `words.as_of` are left out, and a problem counts them. Null stays null; coordinates are rounded to 5 decimals
    (about 1 m) and absent for areas' reference points. Raises KeyError when the table was not located and joined.
    """
    account, words, atlas = account or Account(), words or Words(), atlas or Atlas()
    table = table.sort_values(["start", "id"], kind="stable", na_position="last").reset_index(drop=True)
    names = shown_names(account.files)
    places = scene_places(table, atlas)
    extent = _extent(table, places.entries)
    known, later = _claims(claims, words.as_of)
    lines = scene_lines(borders, extent, measured_pairs(table, places.entries))
    base = _base(atlas, extent, lines)
    document = {
        "version": SCENE_VERSION, "language": "en", "tiles": None, **_stated(words),
        "credits": _credits(words, lines, base),
        "extent": list(extent), "counts": account.counts(table), "files": _files(account.files, names),
        "incidents": {
            "n": len(table),
            "columns": encode_table(table, places.index, lambda ids: MANY.join(name_rivals(ids, atlas.places)), names),
        },
        "places": places.entries, "areas": places.areas, "claims": known,
        "borders": lines, "basemap": base,
        "legend": {"kinds": _kinds(table["kind"])},
        "unplaced": _unplaced(table, atlas.places, names),
        "set_aside": [{**row, "file": names.get(row["file"], row["file"])} for row in set_aside(account.problems)],
        "problems": [*_told(account.problems, names), *later],
        "about": {
            "tool": words.tool, "gazetteer": words.gazetteer, "borders": layers_in_words(borders),
            "method": list(words.method),
        },
    }  # fmt: skip
    return Scene(document)


_NO_BASEMAP: dict[str, Any] = {
    "source": [], "labels": [],
    **{layer: {"scale": 1, "lines": []} for layer in ("land", "lakes", "rivers", "countries", "provinces")},
}  # fmt: skip


def _base(atlas: Atlas, extent: Extent, lines: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the base map, without the country lines that the border layers draw."""
    drawn = {line["pair"] for line in lines if line["role"] == "line" and line["pair"]}
    return atlas.basemap(extent, drawn) if atlas.basemap else _NO_BASEMAP


def _stated(words: Words) -> dict[str, Any]:
    """Return the parts of a scene that are stated, not computed."""
    return {
        **{name: getattr(words, name) for name in ("title", "standfirst", "byline", "credit", "alt", "as_of", "built")},
        "licence": {
            "download": words.download, "embed_text": words.embed_text, "citations": list(words.citations),
            "left_out": [list(pair) for pair in words.left_out],
        },
    }  # fmt: skip


def _credits(words: Words, lines: Iterable[Mapping[str, Any]], base: Mapping[str, Any]) -> list[dict[str, str]]:
    """Credit what the map shows, each source once: names, the border layers near it, the base map."""
    told = [
        *(dict(credit) for credit in words.credits),
        *line_credits(lines),
        *({"name": "Base map", "licence": "", "text": text} for text in base["source"]),
    ]
    return [credit for number, credit in enumerate(told) if credit not in told[:number]]


def shown_names(files: Iterable[InputFile]) -> dict[str, str]:
    """Name each input as the map shows it: by file name alone, so that no personal path leaves the house.

    Files that share a name are told apart by a number, in order of their hashes.
    """
    by_name: dict[str, list[InputFile]] = {}
    for file in sorted(files, key=lambda file: (file.sha256, file.path)):
        by_name.setdefault(PurePath(file.path).name, []).append(file)
    return {
        file.path: name if len(sharing) == 1 else f"{name} ({position})"
        for name, sharing in by_name.items()
        for position, file in enumerate(sharing, 1)
    }


def _files(files: Iterable[InputFile], names: Mapping[str, str]) -> list[dict[str, Any]]:
    told = [{**asdict(file), "path": names[file.path], "notes": list(file.notes)} for file in files]
    return sorted(told, key=_canonical)


def _told(problems: Iterable[Problem], names: Mapping[str, str]) -> list[dict[str, Any]]:
    told = [asdict(problem) for problem in problems if not problem.set_aside]
    for entry in told:
        del entry["set_aside"]
        entry["file"] = names.get(entry["file"] or "", entry["file"])
    return sorted(told, key=_canonical)


def _canonical(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _extent(table: gpd.GeoDataFrame, places: Sequence[Mapping[str, Any]]) -> Extent:
    """Return the box around everything placed, seats included, padded by a tenth and at least a quarter degree."""
    placed = positions(table)
    lon = pd.concat([placed["lon"].dropna(), pd.Series([place["lon"] for place in places], dtype=float)])
    lat = pd.concat([placed["lat"].dropna(), pd.Series([place["lat"] for place in places], dtype=float)])
    if lon.empty:
        return (-180.0, -60.0, 180.0, 80.0)
    pad_x, pad_y = (max(0.25, 0.1 * float(np.ptp(axis))) for axis in (lon, lat))
    west, south = round(float(lon.min()) - pad_x, 2), round(float(lat.min()) - pad_y, 2)
    east, north = round(float(lon.max()) + pad_x, 2), round(float(lat.max()) + pad_y, 2)
    return (max(west, -180.0), max(south, -85.0), min(east, 180.0), min(north, 85.0))


def _claims(claims: pd.DataFrame | None, as_of: str | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the claims known by `as_of`, in order of publication, and a note on those that came later."""
    if claims is None or claims.empty:
        return [], []
    when = claims["published_at"].fillna(claims["as_of"])
    later = when.fillna("").str[:10] > (as_of or "9999")
    ordered = claims.assign(_when=_answered_when(claims, when))[~later]
    ordered = ordered.sort_values(["_when", "claim_id"], na_position="last")
    fields = [column.name for column in CLAIMS if column.name not in ("file", "row")]
    records = [
        {name: value_or_none(row[name]) for name in fields if not pd.isna(row[name])} for _, row in ordered.iterrows()
    ]
    reason = f"{int(later.sum())} claims published after {as_of} are not shown"
    return records, [{"code": "after_as_of", "reason": reason}] if later.any() else []


def _answered_when(claims: pd.DataFrame, when: pd.Series) -> pd.Series:
    """Return the time to order each claim by: its own, or that of the claim it answers where that is later.

    A date without a time sorts before the times of its day, so an answer could come to stand above what it answers.
    """
    own = dict(zip(claims["claim_id"], when, strict=True))
    target = claims["target_claim"].map(own).astype("string")
    return when.mask(target.notna() & (target > when).fillna(value=False), target)


def _unplaced(table: pd.DataFrame, places: Mapping[str, Place], names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": row["id"], "place_text": word(row["place_text"]), "why": word(row["match_why"]),
            "rivals": name_rivals(word(row["match_rivals"]), places),
            "file": names.get(row["file"], row["file"]), "row": value_or_none(row["row"]),
        }
        for _, row in table[~is_placed(table)].iterrows()
    ]  # fmt: skip


def _kinds(kinds: pd.Series) -> list[dict[str, Any]]:
    """Give each kind a colour and a shape: the most frequent first, ties by name; the rest share one style."""
    ranked = sorted(Counter(kinds.dropna()).items(), key=lambda item: (-item[1], item[0]))
    styles = [*KIND_STYLES, *[OTHER_STYLE] * max(0, len(ranked) - len(KIND_STYLES))]
    return [
        {"kind": kind, "colour": colour, "shape": shape}
        for (kind, _), (colour, shape) in zip(ranked, styles, strict=False)
    ]
