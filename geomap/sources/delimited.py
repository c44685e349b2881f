"""CSV and TSV as columns of text: scan the bytes, parse the clean body with pyarrow, the doubtful spans strictly."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from geomap.errors import SourceError
from geomap.sources.content import Content
from geomap.sources.dialect import Dialect, find_dialect
from geomap.sources.limits import Limits
from geomap.sources.raw import TEXT, RawTable
from geomap.sources.record import Record, read_row
from geomap.sources.scan import Block, scan
from geomap.sources.text import DAMAGE, Text
from geomap.types import Problem

_FIRST_WINDOW = 1 << 12
_LAST_WINDOW = 1 << 22
_LONGEST_PATIENCE = 1 << 10
"""Records that take the strict path in one go."""
_SHOWN = 80
"""Characters of a broken line that its Problem quotes."""


def read_delimited(content: Content, text: Text, limits: Limits) -> RawTable:
    """Read a delimited text; every cell stays the text that it is ("007", "NA", "1,5").

    A record with a wrong number of cells, with a quotation mark that is never closed, with a cell over the limit or
    with bytes that are not text is set aside under its own number. Blank records are numbered and not counted.
    """
    data = text.data if text.data.endswith((b"\n", b"\r")) else text.data + b"\n"
    dialect = find_dialect(data, limits, content.path)
    layout = _Layout(data, dialect, limits, content.path, damaged=text.damaged)
    layout.survey()
    frame = layout.frame()
    problems = tuple(layout.problems)
    count = len(frame) + len(problems)
    if not count:
        problems += (Problem("no_rows", "the file has a header and no rows", file=content.path),)
    notes = (*content.notes, f"encoding: {text.encoding}", *dialect.notes)
    kind = "tsv" if dialect.delimiter == b"\t" else "csv"
    return RawTable(content.path, kind, content.sha256, frame, count, problems, notes)


@dataclass
class _Layout:
    """Where the good records lie, by offset and number, and what is wrong with the others."""

    data: bytes
    dialect: Dialect
    limits: Limits
    where: str
    damaged: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)
    rows: list[np.ndarray] = field(default_factory=list)
    strict: dict[int, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    number: int = 0
    """Number of the last record that was looked at."""

    def survey(self) -> None:
        """Walk over the body in windows that grow while the text is clean; after a doubtful record start small again.

        Where one doubtful record follows the other, ever longer stretches take the strict path without a scan.
        """
        codes, width = np.frombuffer(self.data, dtype=np.uint8), len(self.dialect.names)
        self.number = self.dialect.header_row
        at, size, patience = self.dialect.body, _FIRST_WINDOW, 1
        while at < len(self.data):
            stop = min(at + size, len(self.data))
            block = scan(codes, at, stop, self.dialect.delimiter[0], width)
            at = self._accept(block, at)
            cut = not len(block.ends) and stop - at < self.limits.record_bytes and stop < len(self.data)
            if block.doubtful or (not len(block.ends) and not cut):
                patience = 1 if len(block.ends) else min(2 * patience, _LONGEST_PATIENCE)
                at, size = self._accept_strictly(at, patience), _FIRST_WINDOW
            else:
                size = size * 2 if cut else min(size * 2, _LAST_WINDOW)
            self._check_limits()

    def _check_limits(self) -> None:
        if self.number - self.dialect.header_row > self.limits.rows:
            raise SourceError(f"has more than {self.limits.rows:,} rows", where=self.where, hint="split it")
        if len(self.problems) > self.limits.broken_rows:
            reason = f"has more than {self.limits.broken_rows:,} rows that cannot be read; the first is row "
            raise SourceError(f"{reason}{self.problems[0].row}: {self.problems[0].reason}", where=self.where)

    def _accept(self, block: Block, start: int) -> int:
        """Take a block's good records as spans of bytes; report the others; return the offset after the block."""
        if not len(block.ends):
            return start
        starts = np.concatenate([[start], block.ends[:-1]])
        good = (block.cells == len(self.dialect.names)) & (block.widest <= self.limits.cell_bytes) & block.filled
        if self.damaged:
            good &= ~self._has_damage(starts, block.ends)
        for position in np.flatnonzero(~good & block.filled):
            self._report(self.number + 1 + int(position), int(starts[position]), int(block.ends[position]))
        edges = np.flatnonzero(np.diff(good, prepend=False, append=False))
        self.spans += [(int(starts[first]), int(block.ends[last - 1])) for first, last in edges.reshape(-1, 2)]
        self.rows.append(self.number + 1 + np.flatnonzero(good))
        self.number += len(good)
        return int(block.ends[-1])

    def _has_damage(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        return np.array([self.data.find(DAMAGE, first, last) >= 0 for first, last in zip(starts, ends, strict=True)])

    def _accept_strictly(self, at: int, records: int) -> int:
        """Take up to so many records one by one; return the offset after them."""
        for _ in range(records):
            if at >= len(self.data):
                break
            record = read_row(self.data, at, self.dialect.delimiter, len(self.dialect.names), self.limits)
            self.number += 1
            if self._fault(record):
                self._report(self.number, at, record.end, record)
            else:
                self.strict[self.number] = record.cells
            at = record.end
        return at

    def _report(self, row: int, start: int, end: int, record: Record | None = None) -> None:
        record = record or read_row(self.data, start, self.dialect.delimiter, len(self.dialect.names), self.limits)
        if record.blank:
            return
        code, reason, hint = self._fault(record) or self._too_large()
        line = self.data[start : min(end, start + 4 * _SHOWN)].decode("utf-8", errors="ignore").strip()
        shown = line.replace(DAMAGE.decode(), "\ufffd")[:_SHOWN]
        self.problems.append(Problem(code, reason, self.where, row=row, value=shown, hint=hint, set_aside=True))

    def _fault(self, record: Record) -> tuple[str, str, str] | None:
        """Say what is wrong with a record: code, reason, hint; None when it is good."""
        width = len(self.dialect.names)
        if record.fault:
            return "unclosed_quote", record.fault, "double a quotation mark inside a quoted cell, and close the cell"
        if len(record.cells) != width:
            reason = f"{len(record.cells)} cells where the header has {width}"
            return "ragged_row", reason, "a text that holds the delimiter must stand in quotation marks"
        if any(DAMAGE.decode() in cell for cell in record.cells):
            return "bad_encoding", "bytes that are not UTF-8 text", "save the file as UTF-8"
        if any(len(cell.encode()) > self.limits.cell_bytes for cell in record.cells):
            return self._too_large()
        return None

    def _too_large(self) -> tuple[str, str, str]:
        return "cell_too_large", f"a cell of more than {self.limits.cell_bytes:,} bytes", "shorten it"

    def frame(self) -> pd.DataFrame:
        """Parse the good records into text columns, indexed by row number."""
        names = list(self.dialect.names)
        clean = _parse(self._body(), names, self.dialect.delimiter, self.limits)
        clean.index = pd.Index(np.concatenate([*self.rows, np.empty(0, dtype=np.int64)]), name="row", dtype="int64")
        if self.strict:
            slow = pd.DataFrame.from_dict(self.strict, orient="index", columns=names, dtype=TEXT)
            clean = pd.concat([clean, slow.rename_axis("row")]).sort_index()
        return clean.loc[~_blank(clean)]

    def _body(self) -> pa.Buffer:
        merged: list[tuple[int, int]] = []
        for start, end in self.spans:
            if merged and merged[-1][1] == start:
                merged[-1] = (merged[-1][0], end)
            else:
                merged.append((start, end))
        view = memoryview(self.data)
        parts = [view[start:end] for start, end in merged]
        return pa.py_buffer(parts[0] if len(parts) == 1 else b"".join(parts))


def _parse(body: pa.Buffer, names: list[str], delimiter: bytes, limits: Limits) -> pd.DataFrame:
    if not body.size:
        return pd.DataFrame({name: pd.array([], dtype=TEXT) for name in names})
    table = pa_csv.read_csv(
        pa.BufferReader(body),
        read_options=pa_csv.ReadOptions(column_names=names, block_size=2 * max(limits.record_bytes, _LAST_WINDOW)),
        parse_options=pa_csv.ParseOptions(delimiter=delimiter.decode(), newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
        ),
    )
    return table.to_pandas(types_mapper={pa.string(): TEXT}.get)


def _blank(frame: pd.DataFrame) -> pd.Series:
    """Mark rows whose every cell is empty or spaces (quoted ones, which the scan of bytes takes for filled)."""
    blank = pd.Series(data=True, index=frame.index)
    for name in frame.columns:
        blank &= frame[name].str.strip().eq("").astype(bool)
        if not blank.any():
            break
    return blank
