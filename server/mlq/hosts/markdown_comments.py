"""The HTML comments of a Markdown file, and the fences that they speak of."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from mlq_grammar.spans import Span

from mlq.hosts import markdown
from mlq.text import LineIndex

_COMMENT = re.compile(r"<!--[ \t]*mlq:.*?-->", re.DOTALL)
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:`{3,}|~{3,}|:{3,}[ ]*\{)")
_FRONT_MATTER = re.compile(r"---[ \t]*(?:\r\n|\r|\n).*?(?:\r\n|\r|\n)---[ \t]*(?:\r\n|\r|\n)", re.DOTALL)


@lru_cache(maxsize=8)
def commented(text: str) -> MarkdownComments:
    """Return the comments of a Markdown file."""
    return MarkdownComments(text)


class MarkdownComments:
    """One file."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def comments(self) -> tuple[Span, ...]:
        """The comments for mlq outside of code."""
        found = (Span(*each.span()) for each in _COMMENT.finditer(self._text))
        code = markdown.embeddings(self._text)
        return tuple(span for span in found if all(each.to_inner(span.start) is None for each in code))

    @property
    def top(self) -> int:
        """The first line behind the front matter."""
        front = _FRONT_MATTER.match(self._text)
        return front.end() if front else 0

    def holders(self, span: Span) -> tuple[Span, ...]:
        """Return the fence around a span, from the line that opens it."""
        lines = LineIndex(self._text)
        for line in range(lines.position(span.start).line, -1, -1):
            if _FENCE.match(lines.line(line)):
                return (Span(lines.span(line)[0], span.end),)
        return ()

    def room(self, _: Span) -> None:
        """Return None: code has comments of its own language."""

    def written(self, content: str) -> str:
        """Write a comment."""
        return f"<!-- {content} -->"
