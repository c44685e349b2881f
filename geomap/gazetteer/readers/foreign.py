"""What a reader of a foreign gazetteer gives: a stream of places and the lines set aside; and lines within limits."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple, cast

from geomap.errors import GazetteerError
from geomap.types import Place, Problem

KEPT = 1_000
"""Problems that are listed in full; the others are counted."""
_BLOCK = 1 << 20
_SHOWN = 80
_LONGEST_LINE = 8_000_000
"""Bytes; a text without line ends is not taken into memory whole."""
_EXPANSION = 100
"""Bytes that one compressed byte may become, as in geomap.sources.limits; GeoNames' archives reach 5."""
_ALWAYS_ALLOWED = 1_000_000
"""Unpacked bytes below which the expansion of a small archive is no danger."""
_ASIDE = ("readme.txt", "iso-languagecodes.txt")
"""Members of GeoNames' archives that stand beside the table."""


@dataclass(slots=True)
class Ledger:
    """What went wrong in one file, within bounds: the first KEPT problems, and how many there were."""

    file: str
    listed: list[Problem] = field(default_factory=list)
    set_aside: int = 0
    unlisted: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    """Why things were left out that are no fault, with how many."""

    def add(
        self, code: str, row: int, reason: str, *, column: str | None = None, value: str = "", hint: str | None = None
    ) -> None:
        """Set a line aside."""
        shown = value[:_SHOWN] or None
        self.take(Problem(code, reason, self.file, None, row, column, shown, hint, set_aside=True))

    def take(self, problem: Problem) -> None:
        """List a problem, or count it."""
        self.set_aside += problem.set_aside
        if len(self.listed) < KEPT:
            self.listed.append(problem)
        else:
            self.unlisted += 1

    def problems(self) -> tuple[Problem, ...]:
        """Return the listed problems, the number of the others, and what was left out on purpose."""
        more = Problem("more_lines", f"{self.unlisted:,} more lines were set aside", self.file)
        unlisted = [more] if self.unlisted else []
        aside = [Problem("left_out", f"{count:,} {what}", self.file) for what, count in sorted(self.left_out.items())]
        return (*self.listed, *unlisted, *aside)


class Reading:
    """Places that are read while they are taken, once; `problems` grows meanwhile and is complete at the end.

    Problems of lines set aside have `set_aside`; each file lists the first KEPT and counts the others. `version` names
    the source, and `credits` holds its name, licence and text.
    """

    def __init__(
        self,
        places: Iterable[Place],
        ledgers: Sequence[Ledger],
        *,
        version: str,
        credit: Sequence[dict[str, str]] = (),
    ) -> None:
        self._places = iter(places)
        self._ledgers = ledgers
        self.version = version
        self.credits = tuple(credit)

    def __iter__(self) -> Iterator[Place]:
        return self._places

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong so far, file by file."""
        return tuple(problem for ledger in self._ledgers for problem in ledger.problems())

    @property
    def set_aside(self) -> int:
        """How many lines were set aside so far, listed or not."""
        return sum(ledger.set_aside for ledger in self._ledgers)


class Chunk(NamedTuple):
    """Consecutive lines of text without their ends, and the number of the first; a line set aside is ""."""

    first: int
    lines: list[str]


def chunks(path: Path, ledger: Ledger) -> Iterator[Chunk]:
    """Yield a UTF-8 text in chunks of about a megabyte: plain, gzip-compressed, or the one table of a ZIP archive.

    Lines that are not UTF-8 text are set aside. Raises GazetteerError for what cannot be read: missing, no regular
    file, damaged, an archive without one table, a text that unpacks to over 100 times its size, an endless line.
    """
    number, rest = 1, b""
    for block in _blocks(path):
        body, mark, tail = block.rpartition(b"\n")
        if not mark:
            rest += tail
            if len(rest) > _LONGEST_LINE:
                reason = f"line {number} has more than {_LONGEST_LINE:,} bytes"
                raise GazetteerError(f"is no table of places: {reason}", where=str(path))
            continue
        chunk = Chunk(number, _decoded(rest + body, number, ledger))
        number, rest = number + len(chunk.lines), tail
        yield chunk
    if rest:
        yield Chunk(number, _decoded(rest, number, ledger))


def _decoded(data: bytes, number: int, ledger: Ledger) -> list[str]:
    """Return the lines of some bytes; the good case is decoded in one go."""
    data = data.removeprefix(b"\xef\xbb\xbf") if number == 1 else data
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    if text is None or "\0" in text:
        return [_line(line, row, ledger) for row, line in enumerate(data.split(b"\n"), number)]
    return (text.replace("\r\n", "\n").removesuffix("\r") if "\r" in text else text).split("\n")


def _line(data: bytes, row: int, ledger: Ledger) -> str:
    text = data.decode("utf-8", errors="replace").removesuffix("\r")
    if "\0" not in text and text.encode("utf-8") == data.removesuffix(b"\r"):
        return text
    ledger.add("bad_encoding", row, "bytes that are not UTF-8 text", value=text.replace("\0", "\ufffd"))
    return ""


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield the unpacked bytes of a file as they are read."""
    try:
        with ExitStack() as stack:
            stream, allowed = _opened(path, stack)
            size = 0
            while block := stream.read(_BLOCK):
                size += len(block)
                if allowed is not None and size > allowed:
                    raise _bomb(path)
                yield block
    except (OSError, EOFError, RuntimeError, NotImplementedError, zlib.error, zipfile.BadZipFile) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise GazetteerError(f"cannot be read: {reason}", where=str(path), hint="get the file again") from None


def _opened(path: Path, stack: ExitStack) -> tuple[IO[bytes], int | None]:
    """Open a file by its content; return its stream, and how many bytes it may unpack to (None: it is not packed)."""
    check_file(path)
    file = stack.enter_context(path.open("rb"))
    start = file.read(4)
    file.seek(0)
    if start.startswith(b"\x1f\x8b"):
        packed = cast("IO[bytes]", stack.enter_context(gzip.GzipFile(fileobj=file)))
        return packed, _allowed(path.stat().st_size)
    if not start.startswith(b"PK"):
        return file, None
    archive = stack.enter_context(zipfile.ZipFile(file))
    member = _member(archive, path)
    if member.file_size > _allowed(member.compress_size):
        raise _bomb(path)
    return stack.enter_context(archive.open(member)), member.file_size


def check_file(path: Path) -> None:
    """Raise GazetteerError unless there is a regular file that holds something."""
    if not path.is_file():
        reason = "is not a regular file" if path.exists() else "no such file"
        raise GazetteerError("is a folder" if path.is_dir() else reason, where=str(path))
    if not path.stat().st_size:
        raise GazetteerError("the file is empty", where=str(path))


def _allowed(packed: int) -> int:
    return max(_EXPANSION * packed, _ALWAYS_ALLOWED)


def _bomb(path: Path) -> GazetteerError:
    reason = f"unpacks to more than {_EXPANSION} times its size"
    return GazetteerError(reason, where=str(path), hint="unpack it yourself if you trust it")


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """Return the table of an archive: the text named like it, else its only text."""
    files = [member for member in archive.infolist() if not member.is_dir()]
    texts = [member for member in files if member.filename.casefold().endswith((".txt", ".csv", ".tsv"))]
    tables = [member for member in texts if member.filename.casefold() not in _ASIDE]
    named = [member for member in tables if Path(member.filename).stem == path.stem]
    for found in (named, tables):
        if len(found) == 1:
            return found[0]
    names = ", ".join(member.filename for member in files[:10]) or "nothing"
    raise GazetteerError(f"is a ZIP archive without one table of places; it holds {names}", where=str(path))
