"""Puts a filter together from stretches of a file."""

from __future__ import annotations

from mlq_grammar.spans import Span

from mlq.hosts.region import OffsetMap, Piece


class PieceBuilder:
    """Collects the text of a filter with its pieces; neighbours that map offset by offset become one."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._size = 0

    def add(self, text: str, outer: Span) -> None:
        """Append what a stretch of the file stands for."""
        piece = Piece(Span(self._size, self._size + len(text)), outer)
        self._texts.append(text)
        self._size += len(text)
        last = self._pieces[-1] if self._pieces else None
        if last and last.is_exact and piece.is_exact and last.outer.end == outer.start:
            self._pieces[-1] = Piece(last.inner.joined(piece.inner), last.outer.joined(outer))
        else:
            self._pieces.append(piece)

    def anchor(self, offset: int) -> None:
        """Let a cursor at this offset of the file stand in the filter, here."""
        if not self._pieces or self._pieces[-1].outer.end != offset:
            self.add("", Span(offset, offset))

    @property
    def text(self) -> str:
        """What has been collected."""
        return "".join(self._texts)

    def map(self) -> OffsetMap:
        """Return the map of what has been collected, which must be something."""
        return OffsetMap(tuple(self._pieces))
