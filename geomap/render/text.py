"""What the terminal says: plain lines of text made from accounts, answers and verdicts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geomap.types import MANY

if TYPE_CHECKING:
    from geomap.incidents import Incidents
    from geomap.verify import Verdict

_SHOWN = 10
"""Entries listed before the rest is counted."""


def summary(told: Mapping[str, Any]) -> list[str]:
    """Say what became of every row, in one line for the sums and one for each row that needs a person."""
    aside, unplaced = told["set_aside"], told["unplaced"]
    lines = [*(_read(file, "row") for file in told["files"]), *(_read(file, "claim") for file in told["claims"])]
    lines.append(
        f"{_count(told['rows'], 'row')} = {told['placed']} placed + {len(unplaced)} unplaced "
        f"({len(told['ambiguous'])} ambiguous) + {told['superseded']} superseded + {len(aside)} set aside"
    )
    lines += _short([_aside(entry) for entry in aside])
    lines += _short([_place(entry) for entry in unplaced])
    return [plain(line) for line in [*lines, *_short(list(_notes(told["problems"])))]]


def _read(file: Mapping[str, Any], noun: str) -> str:
    return f"{file['path']}: {file['format']}, {_count(file['rows'], noun)}, {file['read']:,} read"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _short(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([f"  ... and {rest} more; --report or check --json lists all"] if rest > 0 else [])]


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
        more = f" and {_count(len(rest), 'more row')}" if rest else ""
        yield f"  note: {_where(first)}{more}: {_fault(first)}"


def _where(entry: Mapping[str, Any]) -> str:
    row = f", row {entry['row']}" if entry.get("row") else ""
    return f"{entry.get('file') or 'project'}{row}"


def matches(answers: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Say where each name lies, or why it was left unplaced and who its rivals are."""
    for answer in answers:
        place = answer["place"]
        if place is None:
            yield plain(f"{answer['query']}: unplaced: {answer['why']}")
            yield from (plain(f"    rival: {_described(rival)}") for rival in answer["rivals"])
        else:
            yield plain(f"{answer['query']}: {_described(place)}; {answer['why']}")


def _described(place: Mapping[str, Any]) -> str:
    where = ", ".join(str(place[key]) for key in ("kind", "admin1", "country") if place.get(key))
    text = f"{place['name']} ({where}) {place['lat']:.5f} N {place['lon']:.5f} E [{place['id']}]"
    if place.get("border_km") is None:
        return text
    return (
        f"{text}; {place['border_km']:.1f} km (+/- {place['border_km_error']:.1f}) from the line, side: {place['side']}"
    )


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
