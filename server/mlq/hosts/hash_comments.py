"""The comments of a file whose language has `#` for them, such as a shell script."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from mlq_grammar.spans import Span

from mlq.text import LineIndex

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[^\r\n]*?(?:mlq:|noqa)[^\r\n]*", re.IGNORECASE | re.MULTILINE)


@lru_cache(maxsize=8)
def commented(text: str) -> HashComments:
    """Return the comments of such a file."""
    return HashComments(text)


class HashComments:
    """One file; lines that a backslash joins are one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = LineIndex(text)

    @cached_property
    def comments(self) -> tuple[Span, ...]:
        """The comments with a sign for mlq in them."""
        return tuple(Span(*found.span()) for found in _COMMENT.finditer(self._text))

    @property
    def top(self) -> int:
        """The first line, or the one behind a shebang."""
        is_second = self._text.startswith("#!") and self._lines.count > 1
        return self._lines.span(int(is_second))[0]

    def holders(self, span: Span) -> tuple[Span, ...]:
        """Return the joined lines around a span."""
        first, last = self._lines.position(span.start).line, self._lines.position(span.end).line
        while first and self._lines.line(first - 1).endswith("\\"):
            first -= 1
        while last + 1 < self._lines.count and self._lines.line(last).endswith("\\"):
            last += 1
        return (Span(self._lines.span(first)[0], self._lines.span(last)[1]),)

    def room(self, span: Span) -> int | None:
        """Return the end of the joined lines; None where a quote may be open there."""
        (holder,) = self.holders(span)
        is_closed = all(holder.of(self._text).count(quote) % 2 == 0 for quote in "'\"")
        return holder.end if is_closed else None

    def written(self, content: str) -> str:
        """Write a comment."""
        return f"# {content}"
