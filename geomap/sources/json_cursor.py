"""A cursor over JSON text that yields members and elements one at a time, so that a large file is never one object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_SPACE = re.compile(r"[ \t\n\r]*")
_OPENERS = re.compile(r"[\[{]")


class Number(str):
    """A JSON number as it is written."""

    __slots__ = ()


class JsonError(ValueError):
    """The text is not JSON at this offset."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.reason, self.at = reason, at


class JsonCursor:
    """Walk over strict JSON (RFC 8259). Numbers keep their text.

    `oddities` collects what the last values held that RFC 8259 or RFC 7493 rules out but that does not stop parsing:
    NaN and Infinity, a member that stands twice. The caller clears it.
    """

    def __init__(self, text: str, nesting: int) -> None:
        self.text = text
        self.at = 0
        self.oddities: list[str] = []
        self._nesting = nesting
        self._depth = 0
        self._decode = json.JSONDecoder(
            parse_float=Number, parse_int=Number, parse_constant=self._constant, object_pairs_hook=self._object
        ).raw_decode

    def _constant(self, name: str) -> Number:
        self.oddities.append(f"{name} is not a JSON number")
        return Number(name)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) < len(pairs):
            self.oddities.append("a member stands twice in one object")
        return members

    def peek(self) -> str:
        """Return the next character after white space, "" at the end."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def value(self) -> Any:
        """Decode the value that comes next; numbers are Number, and depth counts from the document's root."""
        self.peek()
        start = self.at
        try:
            value, self.at = self._decode(self.text, start)
        except json.JSONDecodeError as error:
            raise JsonError(error.msg, error.pos) from None
        except RecursionError:
            raise self._too_deep(start) from None
        openers = sum(1 for _ in _OPENERS.finditer(self.text, start, self.at))
        if openers > self._nesting - self._depth and depth(value) > self._nesting - self._depth:
            raise self._too_deep(start)
        return value

    def _too_deep(self, at: int) -> JsonError:
        return JsonError(f"arrays or objects nested deeper than {self._nesting}", at)

    def members(self) -> Iterator[str]:
        """Yield the keys of the object that comes next; the caller takes each value before going on."""
        for _ in self._items("{", "}"):
            key = self.value()
            if not isinstance(key, str) or isinstance(key, Number):
                raise JsonError("a member must begin with its name in quotation marks", self.at)
            self._expect(":")
            yield key

    def elements(self) -> Iterator[int]:
        """Yield the positions, from 1, of the array that comes next; the caller takes each value before going on."""
        yield from self._items("[", "]")

    def _items(self, opening: str, closing: str) -> Iterator[int]:
        self._expect(opening)
        self._depth += 1
        number = 0
        if self.peek() != closing:
            while True:
                number += 1
                yield number
                if self.peek() != ",":
                    break
                self.at += 1
        self._expect(closing)
        self._depth -= 1

    def _expect(self, character: str) -> None:
        if self.peek() != character:
            raise JsonError(f"{character!r} is missing", self.at)
        self.at += 1

    def end(self) -> None:
        """Make sure that nothing follows."""
        if self.peek():
            raise JsonError("text after the end of the document", self.at)


def depth(value: Any) -> int:
    """Return how many arrays and objects are inside one another, counting without recursion."""
    deepest, stack = 0, [(value, 0)]
    while stack:
        item, level = stack.pop()
        if isinstance(item, dict | list):
            deepest = max(deepest, level + 1)
            inner = item.values() if isinstance(item, dict) else item
            stack += [(part, level + 1) for part in inner]
    return deepest


def as_text(value: Any) -> str:
    """Return a decoded value as text: strings and numbers as written, everything else as compact JSON."""
    return str(value) if isinstance(value, str) else _compact(value)


def _compact(value: Any) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{_quoted(key)}:{_compact(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_compact, value)) + "]"
    return _quoted(value)


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
