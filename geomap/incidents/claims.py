"""Claims: who says what about whom. Checked one by one, then against the incidents and one another."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from geomap.incidents.faults import CellError
from geomap.incidents.schema import conform
from geomap.incidents.sheet import Sheet
from geomap.incidents.values import count, truth, word_of
from geomap.types import CLAIMS, MANY, Column, Problem

RECOMPUTED = ("claim_repeated", "claim_without_incident", "claim_reference")
"""Codes of problems that are found anew whenever tables are joined."""

_STANDS_FROM = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_REFERENCES = ("target_claim", "supersedes")


def no_claims() -> pd.DataFrame:
    """Return an empty table of claims."""
    return conform(pd.DataFrame(index=pd.RangeIndex(0)), CLAIMS)


def convert_claims(sheet: Sheet) -> pd.DataFrame:
    """Return the claims of a sheet, one row each, in file order.

    A claim that lacks its id, claimant, stance or scope, or uses a word outside a column's vocabulary, is left out; a
    figure or an `as_of` that cannot be read is emptied. Each is a Problem, its code beginning with "claim"; none sets
    a row of incidents aside.
    """
    columns = {column.name: _read(sheet, column) for column in CLAIMS if column.name not in ("file", "row")}
    table = pd.DataFrame({**columns, "file": sheet.log.file, "row": sheet.index}, index=sheet.index)
    _check_scope(sheet, table)
    problems, lost = sheet.log.problems, sheet.log.lost()
    sheet.log.problems = [as_claim(problem) for problem in problems]
    return conform(table[~table.index.isin(lost)].reset_index(drop=True), CLAIMS)


def as_claim(problem: Problem) -> Problem:
    """Return a problem of a claims file: said of a claim, so that it is not counted among the incidents' rows."""
    code = problem.code if problem.code.startswith("claim") else f"claim_{problem.code}"
    reason = f"the claim is left out: {problem.reason}" if problem.set_aside else problem.reason
    return Problem(code, reason, problem.file, problem.sheet, problem.row, problem.column, problem.value, problem.hint)


def _read(sheet: Sheet, column: Column) -> pd.Series:
    parser = _parser(column)
    if parser is None:
        values = sheet.text(column.name)
        values = values.str.strip() if column.name in ("claim_id", "place_ref", *_REFERENCES) else values
    else:
        values = sheet.parse(column.name, parser, set_aside=bool(column.allowed)).series(column.dtype)
    if not column.nullable:
        missing = sheet.text(column.name).isna()
        sheet.log.rows(
            sheet.text(column.name)[missing],
            CellError("claim_incomplete", f"lacks its {column.name}", column=column.name),
            set_aside=True,
        )
    return values


def _parser(column: Column) -> Callable[[str], object] | None:
    if column.allowed:
        return word_of(column.allowed)
    if column.name == "as_of":
        return _stands_from
    return {"Int64": count, "boolean": truth}.get(column.dtype)


def _stands_from(text: str) -> str:
    if not _STANDS_FROM.fullmatch(text.strip()):
        raise CellError(
            "bad_date",
            "not an ISO date or minute; the claim is listed as undated",
            "write 2022-09-13 or 2022-09-13T14:00",
        )
    return text.strip().replace(" ", "T")


def _check_scope(sheet: Sheet, table: pd.DataFrame) -> None:
    """Leave out a claim about a place that names no incident, and an episode's claim that names one."""
    episode, placed = table["scope"].eq("episode").fillna(False), table["place_ref"].notna()
    lacking = ~episode & ~placed & table["scope"].notna()
    fault = CellError(
        "claim_incomplete",
        "a claim about a place that names no incident",
        "write the incident's id",
        column="place_ref",
    )
    sheet.log.rows(table["place_ref"][lacking], fault, set_aside=True)
    fault = CellError(
        "claim_scope", "an episode's claim belongs to no place", "empty place_ref, or change scope", column="place_ref"
    )
    sheet.log.rows(table["place_ref"][episode & placed], fault, set_aside=True)
    turned = (table["low"] > table["high"]).fillna(False)
    fault = CellError("claim_range_order", "low is more than high; shown as the file has them", column="low")
    sheet.log.rows(table["low"][turned], fault)


def settle_claims(claims: pd.DataFrame, incidents: pd.Series) -> tuple[pd.DataFrame, list[Problem]]:
    """Check claims against the incidents' ids and one another; return those that stand, in order of publication.

    A claim for an incident that is not there, and one whose id another claim bears, are left out; a reference to a
    claim that is not there is emptied.
    """
    if not len(claims):
        return claims, []
    claims = claims.sort_values(["published_at", "claim_id", "file", "row"], na_position="last", kind="stable")
    repeated = claims["claim_id"].duplicated()
    lonely = claims["place_ref"].notna() & ~claims["place_ref"].isin(incidents) & ~repeated
    problems = _problems(
        claims[repeated], "claim_repeated", "claim_id", "the claim is left out: another one bears its id"
    )
    reason = "the claim is left out: it is for an incident that is not there"
    problems += _problems(claims[lonely], "claim_without_incident", "place_ref", reason)
    claims = claims[~repeated & ~lonely].reset_index(drop=True)
    known = set(claims["claim_id"])
    for name in _REFERENCES:
        dangling = ~_all_known(claims, name, known)
        problems += _problems(
            claims[dangling], "claim_reference", name, f"{name} is emptied: no other claim has this id"
        )
        claims[name] = claims[name].mask(dangling)
    return claims, problems


def _all_known(claims: pd.DataFrame, name: str, known: set[str]) -> pd.Series:
    """Tell which claims refer to other claims that exist, or to none."""
    rows = zip(claims["claim_id"], claims[name].fillna(""), strict=True)
    good = [all(ref in known and ref != own for ref in refs.split(MANY) if ref) for own, refs in rows]
    return pd.Series(good, index=claims.index, dtype=bool)


def _problems(rows: pd.DataFrame, code: str, column: str, reason: str) -> list[Problem]:
    return [
        Problem(code, reason, file, row=int(row), column=column, value=value)
        for file, row, value in zip(rows["file"], rows["row"], rows[column], strict=True)
    ]
