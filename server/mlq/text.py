"""From offsets of a text to lines and columns, and back."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

# LSP's line ends. `str.splitlines` knows more (form feed, U+2028), which editors do not count.
_LINE_END = re.compile(r"\r\n|\r|\n")


class Position(NamedTuple):
    """A place in a text, both numbers from 0, the column in code points."""

    line: int
    column: int


class LineIndex:
    """The lines of one text; finding a line takes logarithmic time."""

    __slots__ = ("_found", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[int] = []

    @property
    def _starts(self) -> list[int]:
        """Where each line starts; found when first asked for, since most files have nothing to say of."""
        if not self._found:
            self._found = _starts_of(self._text)
        return self._found

    @property
    def count(self) -> int:
        """The number of lines; an empty text has one."""
        return len(self._starts)

    def position(self, offset: int) -> Position:
        """Return the line and column of an offset; offsets outside the text count as its ends."""
        offset = max(0, min(offset, len(self._text)))
        line = bisect_right(self._starts, offset) - 1
        return Position(line, offset - self._starts[line])

    def position1(self, offset: int) -> Position:
        """Return the line and column as people count them, from 1."""
        line, column = self.position(offset)
        return Position(line + 1, column + 1)

    def offset(self, position: Position) -> int:
        """Return the offset of a position; a column behind the line's end is the line's end."""
        if position.line < 0:
            return 0
        if position.line >= len(self._starts):
            return len(self._text)
        start, end = self.span(position.line)
        return min(start + max(0, position.column), end)

    def span(self, line: int) -> tuple[int, int]:
        """Return where a line (from 0) starts and ends, without its line end."""
        start = self._starts[line]
        if line + 1 == len(self._starts):
            return start, len(self._text)
        end = self._starts[line + 1] - 1
        is_crlf = end > start and self._text[end] == "\n" and self._text[end - 1] == "\r"
        return start, end - is_crlf

    def line(self, line: int) -> str:
        """Return a line's text (from 0), without its line end."""
        start, end = self.span(line)
        return self._text[start:end]


def _starts_of(text: str) -> list[int]:
    if "\r" in text:
        return [0, *(found.end() for found in _LINE_END.finditer(text))]
    lines = text.split("\n")
    return [0, *accumulate(len(line) + 1 for line in lines[:-1])]
