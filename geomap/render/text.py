"""What the terminal says: plain lines of text made from accounts, counts, answers and verdicts."""

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
_LONGEST = 100
"""Characters of a cell that are shown; longer ones are no names."""


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


def clipped(cell: str) -> str:
    """Return a cell as it is shown in a line: its beginning where it is long; the report holds it whole."""
    return cell if len(cell) <= _LONGEST else f"{cell[:_LONGEST]}..."


def aside_lines(entries: Iterable[Mapping[str, Any]], where: str) -> list[str]:
    """Say which rows were set aside and why, as far as they are few."""
    return shortened([_aside(entry) for entry in entries], where)


def _aside(entry: Mapping[str, Any]) -> str:
    faults = "; ".join(_fault(fault) for fault in entry["faults"])
    return f"  set aside: {_where(entry)}: {faults}"


def _fault(fault: Mapping[str, Any]) -> str:
    value = f" {clipped(str(fault['value']))!r}" if fault["value"] is not None else ""
    hint = f" ({fault['hint']})" if fault["hint"] else ""
    return f"{fault['column'] or 'row'}{value}: {fault['reason']}{hint}"


def _place(entry: Mapping[str, Any]) -> str:
    return f"  unplaced: {_where(entry)}: {clipped(entry['place'] or 'no place named')}: {entry['why']}"


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
    yield from (plain(f"  to decide: {clipped(name)}: pin it with geomap locate --pin") for name in ambiguous)
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


def stats_head(told: Mapping[str, Any], reasons: Mapping[str, str]) -> list[str]:
    """Say which lines were measured to, what is counted and what is left out and why, and how to read and cite it."""
    out = [f"{number:,} {reasons[reason]}" for reason, number in told["left_out"].items() if number]
    given = told["counted"] + sum(told["left_out"].values())
    lines = [
        *(f"measured to: {_layer(layer)}" for layer in told["lines"]),
        f"counted: {told['counted']:,} of {count(given, 'row')}",
        *([f"left out: {given - told['counted']:,}: {'; '.join(out)}"] if out else []),
        *told["notes"],
        *(f"cite: {citation}" for citation in told["citations"]),
    ]
    return [plain(line) for line in lines]


def _layer(layer: Mapping[str, Any]) -> str:
    """Return a layer of lines with its vintage, source, licence, status and error in words."""
    error, status = layer["error_km"], layer["status"]
    return "; ".join([
        f"{layer['layer']} {layer['vintage']} ({layer['source']})",
        f"{count(layer['lines'], 'line')}, {status.replace('_', ' ') if status else 'status not stated'}",
        "error not stated" if error is None else f"error up to {error:g} km",
        layer["licence"],
    ])  # fmt: skip


def stats_table(cells: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return cells as aligned lines, those of one pair and side below a line that names them.

    Columns of deaths stand only where there are any. No cells: one line that says so.
    """
    if not cells:
        return ["nothing is counted"]
    columns = [name for name in cells[0] if name not in _HEADING and (name not in _SUMS or _any(cells, name))]
    shown = [[_shown(name, cell[name]) for name in columns] for cell in cells]
    widths = [max(map(len, column)) for column in zip(columns, *shown, strict=True)]
    lines = [_aligned([name.replace("_", " ") for name in columns], widths)]
    for number, cell in enumerate(cells):
        if not number or any(cell[name] != cells[number - 1][name] for name in _HEADING):
            lines.append(f"{cell['border_pair'] or '(no line)'}, side: {cell['side'] or '(not told)'}")
        lines.append(_aligned(shown[number], widths))
    return [plain(line) for line in lines]


_HEADING = ("border_pair", "side")
_SUMS = ("deaths_low", "deaths_best", "deaths_high", "deaths_rows")
_WORDS = {"band": "(no distance)", "period": "(no date)"}


def _any(cells: Iterable[Mapping[str, Any]], name: str) -> bool:
    return any(cell[name] is not None for cell in cells)


def _shown(name: str, cell: str | int | None) -> str:
    return f"{cell:,}" if isinstance(cell, int) else cell or _WORDS.get(name, "")


def _aligned(words: Sequence[str], widths: Sequence[int]) -> str:
    """Set text to the left and numbers to the right: the first two columns are text."""
    set_out = [
        word.ljust(width) if at < len(_WORDS) else word.rjust(width)
        for at, (word, width) in enumerate(zip(words, widths, strict=True))
    ]
    return f"  {'  '.join(set_out)}".rstrip()


def plain(text: str) -> str:
    """Make control, bidirectional and zero-width characters visible, so that a cell cannot rewrite the terminal."""
    return "".join(f"<U+{ord(char):04X}>" if unicodedata.category(char) in _UNSEEN else char for char in text)


_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode general categories without a glyph of their own (Unicode Standard, chapter 4.5)."""
