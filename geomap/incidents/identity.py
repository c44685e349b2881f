"""Which row is which incident: ids, older versions, repeats. Depends on content, never on the order of input."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import count

import pandas as pd

from geomap.types import Problem

_CUT = "\x1f"
_NOT_CONTENT = ("id", "report_id", "duplicate_of", "file", "sheet", "row", "own_id", "version")
RECOMPUTED = ("repeated_row", "duplicate_id")
"""Codes of problems that are found anew whenever tables are joined."""


def content_ids(table: pd.DataFrame) -> pd.Series:
    """Return an id for each row: 12 hexadecimal digits of SHA-256 over what identifies an incident.

    That is source name, date, place as written (the position where none is), actors, and the ordinal among rows that
    are equal in these, counted in the order of their remaining content, so that moving rows changes no id.
    """
    place = table["place_text"].fillna(table["geometry"].map(_written, na_action="ignore").astype("string"))
    parts = [table["source_name"], table["start"].dt.strftime("%Y-%m-%dT%H:%M:%S"), place, table["actors"]]
    keys = parts[0].fillna("")
    for part in parts[1:]:
        keys = keys + _CUT + part.astype("string").fillna("")
    order = pd.DataFrame({"key": keys, "content": fingerprints(table, where=keys.duplicated(keep=False))})
    order = order.sort_values(["key", "content"], kind="stable")
    ordinal = order.groupby("key").cumcount().reindex(table.index).astype("string")
    return (keys + _CUT + ordinal).map(_short_hash).astype("string")


def _written(point: object) -> str:
    return f"{point.x!r} {point.y!r}"  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def fingerprints(table: pd.DataFrame, where: pd.Series) -> pd.Series:
    """Return text that is equal for rows of equal content, for the rows `where`; "" for the others."""
    rows = table.loc[where]
    texts = pd.Series("", index=rows.index, dtype="string")
    for name in sorted(name for name in table.columns if name not in _NOT_CONTENT):
        cells = rows[name].map(_written, na_action="ignore") if name == "geometry" else rows[name]
        texts = texts + _CUT + cells.astype("string").fillna("")
    return texts.reindex(table.index, fill_value="")


@dataclass(frozen=True, slots=True)
class Settled:
    """Rows in canonical order with ids of their own, and what happened to those that shared one."""

    table: pd.DataFrame
    superseded: int
    problems: list[Problem]


def settle(table: pd.DataFrame) -> Settled:
    """Give every row of an unsettled table (`own_id`, `version` and INCIDENTS but `id`) its final id.

    Of several versions of one id only the newest stays; a row that repeats another one exactly is kept, marked in
    `duplicate_of`; one that bears another one's id with different content is kept under an id of its own. Rows are put
    in order of start, file and row.
    """
    table = table.sort_values(["start", "file", "row"], na_position="last", kind="stable", ignore_index=True)
    table, problems = _newest(table)
    superseded = len(problems)
    shared = table["own_id"].duplicated(keep=False)
    table = table.assign(id=table["own_id"])
    if shared.any():
        table, found = _apart(table, shared)
        problems += found
    return Settled(table, superseded, problems)


def _newest(table: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Leave out rows whose id stands in a newer version."""
    versions = table["version"].str.zfill(20)  # seconds since 1970, or ISO 8601: both in order as text of one length
    newest = versions.groupby(table["own_id"]).transform("max")
    old = (versions < newest).fillna(False)
    rows = table.loc[old, ["own_id", "file", "row"]].itertuples(index=False)
    problems = [
        Problem("superseded", f"an older version of {own}; the newer one is shown", str(file), row=int(str(row)))
        for own, file, row in rows
    ]
    return table[~old].reset_index(drop=True), problems


def _apart(table: pd.DataFrame, shared: pd.Series) -> tuple[pd.DataFrame, list[Problem]]:
    """Give rows that share an id ids of their own, X~2, X~3 ..., and mark those that repeat an earlier one."""
    contents, taken = fingerprints(table, where=shared), set(table["own_id"])
    ids, repeats, problems = table["id"].tolist(), table["duplicate_of"].tolist(), list[Problem]()
    for own, rows in table[shared].groupby("own_id", sort=False):
        free = (name for number in count(2) if (name := f"{own}~{number}") not in taken)
        first: dict[str, int] = {}
        for at in rows.index:
            ids[at] = next(free) if first else own
            original = first.setdefault(contents[at], at)
            if original != at:
                repeats[at] = ids[original]
                problems.append(_problem("repeated_row", table, at, original))
            elif len(first) > 1:
                problems.append(_problem("duplicate_id", table, at, rows.index[0]))
    return table.assign(id=pd.array(ids, dtype="string"), duplicate_of=pd.array(repeats, dtype="string")), problems


def _problem(code: str, table: pd.DataFrame, at: int, other: int) -> Problem:
    def cell(row: int, name: str) -> str:
        return str(table.loc[row, name])

    there = f"row {cell(other, 'row')} of {cell(other, 'file')}"
    reason, hint = {
        "repeated_row": (f"repeats {there} exactly; shown as its duplicate", None),
        "duplicate_id": (
            f"bears the id of {there}, with other content; both are shown",
            "give each incident an id of its own",
        ),
    }[code]
    return Problem(code, reason, cell(at, "file"), row=int(cell(at, "row")), value=cell(at, "own_id"), hint=hint)
