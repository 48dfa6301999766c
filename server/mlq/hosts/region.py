"""A filter found in a file, and the way between its offsets and the file's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from mlq_grammar.spans import Span


class Piece(NamedTuple):
    """A stretch of a filter and the stretch of the file that it was read from.

    A piece whose two spans are equally long maps offset by offset; any other (an escape such as `\\n`, a
    hole of an f-string) maps only as a whole.
    """

    inner: Span
    outer: Span


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Pieces in ascending order; what stands between two pieces in the file is no part of the filter."""

    pieces: tuple[Piece, ...]

    def to_outer(self, span: Span) -> Span:
        """Map a span of the filter to the file: from its first character's piece to its last one's."""
        raise NotImplementedError

    def to_inner(self, offset: int) -> int | None:
        """Map an offset of the file to the filter; None where the filter is not (quotes, gaps)."""
        raise NotImplementedError


Shape = Literal["literal", "implicit-concatenation", "query-file", "text"]


@dataclass(frozen=True, slots=True)
class FilterRegion:
    """A filter in a file.

    `text` is the string that MLflow would get, with `{}` for each hole; `start` and `end` are code-point
    offsets of the whole expression in the file, `line` and `column` its first character's, from 1.
    `quote` is the host literal's opening quote, prefix included (`r"`, `'`); empty where the host has none.
    """

    entity: str
    api: str
    text: str
    start: int
    end: int
    line: int
    column: int
    shape: Shape
    is_static: bool
    map: OffsetMap
    quote: str = ""
    holes: tuple[Span, ...] = ()

    def to_source(self, offset: int) -> int:
        """Map an offset of the filter to the file."""
        return self.map.to_outer(Span(offset, offset)).start

    def escape(self, text: str) -> str:
        """Write a stretch of filter text as the host literal must hold it, so that it reads back the same."""
        raise NotImplementedError
