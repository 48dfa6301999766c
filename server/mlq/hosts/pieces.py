"""Puts a filter together from stretches of a file."""

from __future__ import annotations

from mlq_grammar.spans import Span

from mlq.hosts.region import OffsetMap, Piece


class PieceBuilder:
    """Collects the text of a filter with its pieces; neighbours that map offset by offset become one."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._seams: list[int] = []
        self._size = 0
        self._is_last_whole = False

    def put(self, text: str, outer: Span, *, is_seam: bool = False, is_whole: bool = False) -> Span:
        """Append what a stretch of the file stands for, and return where it is in the filter.

        `is_seam` tells that it stands elsewhere in the file; going backwards in the file tells so as well.
        """
        inner = Span(self._size, self._size + len(text))
        last = self._pieces[-1] if self._pieces else None
        if not text and last and last.outer.end == outer.start == outer.end:
            return inner  # an empty piece where one ends already
        self._texts.append(text)
        self._size = inner.end
        piece = Piece(inner, outer)
        is_seam = is_seam or bool(last and outer.start < last.outer.end and outer != last.outer)
        if is_seam and last and last.inner.end == inner.start > 0 and self._seams[-1:] != [inner.start]:
            self._seams.append(inner.start)
        is_mergeable = last and not (is_seam or is_whole or self._is_last_whole)
        if last and is_mergeable and last.is_exact and piece.is_exact and last.outer.end == outer.start:
            self._pieces[-1] = Piece(last.inner.joined(inner), last.outer.joined(outer))
        else:
            self._pieces.append(piece)
        self._is_last_whole = is_whole and bool(text)
        return inner

    @property
    def text(self) -> str:
        """What has been collected."""
        return "".join(self._texts)

    def map(self) -> OffsetMap:
        """Return the map of what has been collected, which must be something."""
        return OffsetMap(tuple(self._pieces), tuple(self._seams))
