"""The comments of a query file, and the queries that they speak of."""

from __future__ import annotations

from functools import cached_property, lru_cache

from mlq_grammar import queryfile
from mlq_grammar.queryfile_terminals import terminals
from mlq_grammar.spans import Span

from mlq.text import LineIndex


@lru_cache(maxsize=8)
def commented(text: str) -> QueryFileComments:
    """Return the comments of a query file."""
    return QueryFileComments(text)


class QueryFileComments:
    """One file."""

    top = 0

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def comments(self) -> tuple[Span, ...]:
        """All comments."""
        return queryfile.parse(self._text).comments

    def holders(self, span: Span) -> tuple[Span, ...]:
        """Return the query around a span."""
        queries = queryfile.parse(self._text).queries
        return tuple(query.span for query in queries if query.span.start <= span.start < query.span.end)

    def room(self, span: Span) -> int | None:
        """Return the end of the span's line, or of the line where a quoted text ends that goes on there."""
        lines = LineIndex(self._text)
        end = lines.span(lines.position(span.end).line)[1]
        for terminal in terminals(self._text):
            if terminal.span.start < end < terminal.span.end:
                end = lines.span(lines.position(terminal.span.end).line)[1]
        return end

    def written(self, content: str) -> str:
        """Write a comment."""
        return f"-- {content}"
