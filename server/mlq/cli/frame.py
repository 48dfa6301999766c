"""Lines of a text as a terminal shows them, with a part underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mlq_grammar.spans import Span

    from mlq.text import LineIndex

TAB = "    "
WIDEST = 160
"""The most code points of a line that are shown; of a longer one, the part around what is marked."""
BEFORE = 60
"""How much of a longer line is shown before what is marked."""
MOST_LINES = 6
"""The most lines of one span that are shown, the last one among them."""


class Row(NamedTuple):
    """One line to print: its number from 1, its marked part, what stands around it, and the underline."""

    number: int
    before: str
    marked: str
    after: str
    underline: str


def rows(lines: LineIndex, span: Span) -> list[Row]:
    """Return the lines that a span covers, the span underlined in each; an empty span is one wide.

    Of many lines, only the first few and the last are returned.
    """
    first = lines.position(span.start).line
    last = max(first, lines.position(max(span.start, span.end - 1)).line)
    numbers = list(range(first, last + 1))
    if len(numbers) > MOST_LINES:
        numbers = [*numbers[: MOST_LINES - 1], last]
    return [_row(lines, number, span) for number in numbers]


def _row(lines: LineIndex, number: int, span: Span) -> Row:
    line = lines.line(number)
    line_start, line_end = lines.span(number)
    start = min(max(span.start, line_start), line_end) - line_start
    end = max(min(span.end, line_end) - line_start, start)
    if span.start < line_start:  # The indentation of a continued line is nobody's mistake.
        start = min(len(line) - len(line.lstrip()), end)
    left, right = _window(len(line), start, end)
    before = ("…" if left else "") + printable(line[left:start])
    marked = printable(line[start : min(end, right)])
    after = printable(line[min(end, right) : right]) + ("…" if right < len(line) else "")
    underline = " " * width(before) + "^" * max(width(marked), 1)
    return Row(number + 1, before, marked, after, underline)


def _window(length: int, start: int, end: int) -> tuple[int, int]:
    """Return which part of a line to show so that the marked part, or its beginning, is in sight."""
    if length <= WIDEST:
        return 0, length
    left = 0 if end <= WIDEST else max(0, start - BEFORE)
    return left, min(length, left + WIDEST)


def printable(text: str) -> str:
    """Return the text without what would move a terminal's cursor, change its colours or its direction."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character == "\t":
        return TAB
    if character < " " or character == "\x7f":
        return chr(0x2400 + ord(character)) if character < " " else "\u2421"
    return "\ufffd" if _is_unprintable(character) else character


def _is_unprintable(character: str) -> bool:
    """Whether it is a C1 control, a lone surrogate, a line separator or turns the writing direction."""
    return (
        "\x80" <= character <= "\x9f"
        or "\ud800" <= character <= "\udfff"
        or "\u202a" <= character <= "\u202e"
        or "\u2066" <= character <= "\u2069"
        or character in "\u2028\u2029"
    )


def width(text: str) -> int:
    """Return how many cells a terminal gives to printable text: 2 to `漢`, 0 to a combining accent."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth  # slow to import, and seldom needed

    cells = wcswidth(text)
    return cells if cells >= 0 else len(text)
