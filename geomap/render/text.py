"""What the terminal says: plain lines of text made from accounts, answers and verdicts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geomap.types import MANY

if TYPE_CHECKING:
    from geomap.incidents import Incidents
    from geomap.types import Problem
    from geomap.verify import Verdict

_SHOWN = 10
"""Entries listed before the rest is counted."""


def summary(told: Mapping[str, Any]) -> list[str]:
    """Say what became of every row, in one line for the sums and one for each row that needs a person."""
    aside, unplaced = told["set_aside"], told["unplaced"]
    lines = [*(_read(file, "row") for file in told["files"]), *(_read(file, "claim") for file in told["claims"])]
    lines.append(
        f"{count(told['rows'], 'row')} = {told['placed']} placed + {len(unplaced)} unplaced "
        f"({len(told['ambiguous'])} ambiguous) + {told['superseded']} superseded + {len(aside)} set aside"
    )
    lines += shortened([_aside(entry) for entry in aside])
    lines += shortened([_place(entry) for entry in unplaced])
    return [plain(line) for line in [*lines, *shortened(list(_notes(told["problems"])))]]


def _read(file: Mapping[str, Any], noun: str) -> str:
    return f"{file['path']}: {file['format']}, {count(file['rows'], noun)}, {file['read']:,} read"


def count(number: int, noun: str) -> str:
    """Return a number with its noun: "1 row", "1,234 rows"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def shortened(lines: Sequence[str], where: str = "--report or check --json lists all", most: int = _SHOWN) -> list[str]:
    """Return the first lines as they are and, indented alike, how many more there are and what lists them."""
    rest, indent = len(lines) - most, " " * (len(lines[0]) - len(lines[0].lstrip(" "))) if lines else ""
    return [*lines[:most], *([f"{indent}... and {rest:,} more; {where}"] if rest > 0 else [])]


def aside_lines(entries: Iterable[Mapping[str, Any]], where: str) -> list[str]:
    """Say which rows were set aside and why, as far as they are few."""
    return shortened([_aside(entry) for entry in entries], where)


def _aside(entry: Mapping[str, Any]) -> str:
    faults = "; ".join(_fault(fault) for fault in entry["faults"])
    return f"  set aside: {_where(entry)}: {faults}"


def _fault(fault: Mapping[str, Any]) -> str:
    value = f" {fault['value']!r}" if fault["value"] is not None else ""
    hint = f" ({fault['hint']})" if fault["hint"] else ""
    return f"{fault['column'] or 'row'}{value}: {fault['reason']}{hint}"


def _place(entry: Mapping[str, Any]) -> str:
    return f"  unplaced: {_where(entry)}: {entry['place'] or 'no place named'}: {entry['why']}"


def _notes(problems: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield one line for each kind of note in a file, with its first row and how many more there are."""
    groups: dict[tuple[str | None, str, str], list[Mapping[str, Any]]] = {}
    for problem in problems:
        groups.setdefault((problem["file"], problem["code"], problem["reason"]), []).append(problem)
    for first, *rest in groups.values():
        more = f" and {count(len(rest), 'more row')}" if rest else ""
        yield f"  note: {_where(first)}{more}: {_fault(first)}"


def _where(entry: Mapping[str, Any]) -> str:
    row = f", row {entry['row']}" if entry.get("row") else ""
    return f"{entry.get('file') or 'project'}{row}"


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Say what no row's account tells, one line a problem, as far as they are few."""
    return [plain(line) for line in shortened([_problem(problem) for problem in problems], "mend these first")]


def _problem(problem: Problem) -> str:
    row = f", row {problem.row}" if problem.row else ""
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"  {'set aside' if problem.set_aside else 'note'}: {problem.file or 'project'}{row}: {problem.reason}{hint}"


def checklist(incidents: Incidents) -> Iterator[str]:
    """Yield an editor's checklist: names to decide and decided, claims that stand alone, links not archived."""
    table, claims = incidents.table, incidents.claims
    ambiguous = sorted(set(table.loc[table["match_status"].eq("ambiguous"), "place_text"].dropna()))
    yield from (plain(f"  to decide: {name}: pin it with geomap locate --pin") for name in ambiguous)
    pinned = table[table["match_method"].eq("pin")].drop_duplicates("place_text").sort_values("place_text")
    for row in pinned.itertuples(index=False):
        yield plain(f"  decided: {row.place_text} = {row.match_name} ({row.match_id}): {row.match_why}")
    answered = set(claims["target_claim"].dropna())
    about_other = claims["about_side"].notna() & claims["about_side"].ne(claims["claimant_side"])
    open_ones = claims["stance"].eq("asserts") & claims["target_claim"].isna() & ~claims["claim_id"].isin(answered)
    alone = claims[open_ones & about_other]
    for row in alone.itertuples(index=False):
        yield plain(f"  no answer recorded: {row.claim_id} ({row.claimant}): look for what the other side said")
    cells = {cell for rows in (claims, table) for cell in rows.loc[rows["archive_url"].isna(), "source_url"].dropna()}
    links = {link for cell in cells for link in cell.split(MANY)}
    yield from (plain(f"  no archived copy: {link}") for link in sorted(links))


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """Say whether a map is as it was written, and which inputs match it."""
    if verdict.stated is None:
        yield plain(f"{verdict.path}: states no hash; it is not a geomap map, or it was changed")
    elif verdict.stated == verdict.computed:
        yield plain(f"{verdict.path}: holds, SHA-256 {verdict.stated}")
    else:
        yield plain(
            f"{verdict.path}: CHANGED since it was written: it states {verdict.stated}, but has {verdict.computed}"
        )
    yield from (plain(f"  input {name}: {state}") for name, state in verdict.inputs)


def plain(text: str) -> str:
    """Make control, bidirectional and zero-width characters visible, so that a cell cannot rewrite the terminal."""
    return "".join(f"<U+{ord(char):04X}>" if unicodedata.category(char) in _UNSEEN else char for char in text)


_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode general categories without a glyph of their own (Unicode Standard, chapter 4.5)."""
