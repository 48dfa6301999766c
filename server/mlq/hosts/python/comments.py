"""The comments of a Python file, and the strings, expressions and statements that hold a place in it."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.hosts.python.syntax import Source
from mlq.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_SIGN = re.compile(r"#[ \t]*(?:mlq:|noqa)", re.IGNORECASE)
# A shebang and the declaration of an encoding have to stay in the first two lines.
_HEAD = re.compile(r"#!|[ \t\f]*(?:$|#.*?coding[:=])")
_AROUND_STATEMENTS = frozenset({"module", "block", "ERROR"})


@lru_cache(maxsize=8)
def commented(text: str) -> PythonComments:
    """Return the comments of a Python file."""
    return PythonComments(text)


class PythonComments:
    """One file; it is parsed when the first question comes that needs it."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _source(self) -> Source:
        return Source(self._text)

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self._text)

    @cached_property
    def comments(self) -> tuple[Span, ...]:
        """The comments with a sign for mlq in them."""
        nodes = (self._node(found.start(), found.start() + 1) for found in _SIGN.finditer(self._text))
        spans = (Span(node.start_byte, node.end_byte) for node in nodes if node and node.type == "comment")
        trimmed = (Span(span.start, span.start + len(span.of(self._text).rstrip())) for span in spans)
        return tuple(dict.fromkeys(trimmed))

    @property
    def top(self) -> int:
        """The start of the first line behind blank ones, a shebang and the declaration of an encoding."""
        lines = self._lines
        line = 0
        # A blank line may stand for the magic of a cell, which has to stay first.
        while line < lines.count - 1 and _HEAD.match(lines.line(line)):
            line += 1
        return lines.span(line)[0]

    def holders(self, span: Span) -> tuple[Span, ...]:
        """Return the strings and expressions around a span and its statement, of a compound one the head."""
        return tuple(self._holders(self._node(span.start, max(span.start, span.end)), span))

    def room(self, span: Span) -> int | None:
        """Return the end of a line that ends in no string and is not continued by a backslash."""
        holders = self.holders(span)
        last = max((holder.end for holder in holders), default=span.end)
        ends = {self._lines.position(place.end).line for place in (span, *holders)}
        line = self._lines.position(span.end).line
        while line <= self._lines.position(last).line:
            end = self._lines.span(line)[1]
            string = self._string_over(end)
            if string:
                line = self._lines.position(string.end_byte).line
            elif self._text[:end].endswith("\\") and not self._is_comment(end - 1):
                line += 1
            elif line in ends:
                return end
            else:
                line += 1
        return None

    def written(self, content: str) -> str:
        """Write a comment."""
        return f"# {content}"

    def _holders(self, node: Node | None, span: Span) -> Iterator[Span]:
        while node and node.parent:
            head = _head(node, span)
            yield head or Span(node.start_byte, node.end_byte)
            if head or node.type == "decorator" or node.parent.type in _AROUND_STATEMENTS:
                return
            node = node.parent

    def _node(self, start: int, end: int) -> Node | None:
        return self._source.node_at(start, end)

    def _string_over(self, offset: int) -> Node | None:
        """Return the outermost string that goes on behind an offset."""
        found, node = None, self._node(offset, offset)
        while node:
            if node.type == "string" and node.start_byte < offset < node.end_byte:
                found = node
            node = node.parent
        return found

    def _is_comment(self, offset: int) -> bool:
        node = self._node(offset, offset + 1)
        return node is not None and node.type == "comment"


def _head(node: Node, span: Span) -> Span | None:
    """Return a compound statement up to its colon, where the span stands in that part of it."""
    if not any(child.type == "block" and span.end <= child.start_byte for child in node.children):
        return None
    colons = [child for child in node.children if child.type == ":" and span.end <= child.start_byte]
    return Span(node.start_byte, colons[0].end_byte) if colons else None
