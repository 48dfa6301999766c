"""Marked text: a snippet that carries its own cursor and expectations.

    text, cursor, marks = read('''
        metrics.auc > $0'high'
                      ^^^^^^ metric-not-number
        ''')

`$0` is the cursor. Under a line, `^^^^ text` marks the span above it and says what is expected there; `^`
at a line's end marks an empty span, and several marks may stand under one line, each on a line of its own.
Columns align by code point (a tab is one), with `$0` taken out. A snippet that opens with a line end loses
that line end and its common indentation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent

from mlq_grammar.spans import Span

CURSOR = "$0"
_MARK = re.compile(r"^([ \t]*)(\^+)(?:[ ](.*))?$")


@dataclass(frozen=True, slots=True)
class Marked:
    """A clean text, the offset of its cursor (None where it has none), and its marks in order of writing."""

    text: str
    cursor: int | None
    marks: tuple[tuple[Span, str], ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The marked spans alone."""
        return tuple(span for span, _ in self.marks)

    def underlined(self) -> tuple[str, ...]:
        """Return the marked parts of the text."""
        return tuple(span.of(self.text) for span in self.spans)


def read(source: str) -> Marked:
    """Take the marks out of a snippet."""
    text = ""
    cursor: int | None = None
    line_start = 0
    marks: list[tuple[Span, str]] = []
    for line in _lines(source):
        found = _MARK.match(line.rstrip("\n"))
        if found:
            start = min(line_start + len(found[1]), len(text))
            end = min(start + len(found[2]), _line_end(text, line_start))
            marks.append((Span(start, max(start, end)), (found[3] or "").strip()))
            continue
        line_start = len(text)
        if CURSOR in line:
            assert cursor is None, "a snippet has one cursor"
            cursor = line_start + line.index(CURSOR)
            line = line.replace(CURSOR, "", 1)
        text += line
    return Marked(text, cursor, tuple(marks))


def _line_end(text: str, line_start: int) -> int:
    end = text.find("\n", line_start)
    return len(text) if end < 0 else end


def _lines(source: str) -> list[str]:
    if source.startswith("\n"):
        source = dedent(source[1:])
    return re.split(r"(?<=\n)", source)
