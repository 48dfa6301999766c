"""A text of one language in a file of another: a fence, a doctest, a cell; and the way back to the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from mlq_grammar.spans import Span

from mlq.findings import Edit
from mlq.hosts.region import OffsetMap, Piece

Writer = Callable[[str], str]
"""Writes text as the file must hold it there, indented or escaped; ValueError where it cannot hold it."""

_LINE_ENDS = ("\n", "\r")


class Stretch(NamedTuple):
    """A part of an embedded text: what it says, where in the file that stands, and how to write there."""

    text: str
    map: OffsetMap
    write: Writer = str

    def edit(self, edit: Edit) -> Edit | None:
        """Turn an edit of the text into one of the file; None where that cannot hold it."""
        before = self.text[edit.start - 1 : edit.start]
        if before == "\\":  # it might make an escape with what follows
            edit = Edit(edit.start - 1, edit.end, before + edit.text)
        written = self.written(edit)
        return None if written is None else Edit(*self._place_of(Span(edit.start, edit.end)), written)

    def written(self, edit: Edit) -> str | None:
        """Write the text of an edit; None where the file cannot hold it.

        Beside plain characters a quote may need no escape, as inside of three quotes.
        """
        before, after = self.text[max(0, edit.start - 1) : edit.start], self.text[edit.end : edit.end + 1]
        before = before if self._write(before) == before else ""
        after = after if self._write(after) == after else ""
        written = self._write(before + edit.text + after)
        return None if written is None else written[len(before) : len(written) - len(after)]

    def _write(self, text: str) -> str | None:
        try:
            return self.write(text)
        except ValueError:
            return None

    def _place_of(self, span: Span) -> Span:
        """Return what to replace in the file for a span of the text.

        What the file has before a line (indentation, a prompt) goes with the end of the line above.
        """
        if span.start == span.end:
            return self._place_before(span.start)
        outer = self.map.to_outer(span)
        return Span(outer.start, max(outer.end, self._place_before(span.end).start))

    def cut(self, span: Span) -> Stretch:
        """Return a part of it that is not empty."""
        pieces = (piece.cut(span) for piece in self.map.pieces if piece.inner.overlaps(span))
        moved = tuple(Piece(inner.shifted(-span.start), outer) for inner, outer in pieces)
        return self._replace(text=span.of(self.text), map=OffsetMap(moved))

    def _place_before(self, offset: int) -> Span:
        is_line_start = offset == 0 or self.text[offset - 1] in _LINE_ENDS
        following = next((piece for piece in self.map.pieces if piece.inner.start == offset), None)
        if is_line_start and following:
            return Span(following.outer.start, following.outer.start)
        return self.map.to_outer(Span(offset, offset))


@dataclass(frozen=True, slots=True)
class Embedding:
    """A text of a language that is made of stretches of a file, each on lines of its own, in this order.

    The stretches may stand anywhere in the file: several fences or cells make one text where they share
    names. `text` is that text, `map` leads from it to the file. `holes` are where it has `{}` for what only a
    run of the file can tell.
    """

    language: str
    stretches: tuple[Stretch, ...]
    starts: tuple[int, ...]
    text: str
    map: OffsetMap
    holes: tuple[Span, ...] = ()

    def to_outer(self, span: Span) -> Span:
        """Map a span of the text to the file."""
        return self.map.to_outer(span)

    def to_inner(self, offset: int) -> int | None:
        """Map an offset of the file to the text; None where the text is not (between lines and stretches)."""
        for start, stretch in zip(self.starts, self.stretches, strict=True):
            inner = stretch.map.to_inner(offset)
            if inner is not None:
                return start + inner
        return None

    def edit(self, edit: Edit) -> Edit | None:
        """Turn an edit of the text into one of the file; None where that cannot hold it."""
        for start, stretch in zip(self.starts, self.stretches, strict=True):
            if start <= edit.start and edit.end <= start + len(stretch.text):
                return stretch.edit(Edit(edit.start - start, edit.end - start, edit.text))
        return None

    def insertion(self, text: str, outer: Span) -> Edit | None:
        """Put text in the place of a span of the file; None where the file cannot hold it."""
        for stretch in self.stretches:
            start, end = stretch.map.to_inner(outer.start), stretch.map.to_inner(outer.end)
            if start is not None and end is not None:
                written = stretch.written(Edit(start, end, text))
                return None if written is None else Edit(outer.start, outer.end, written)
        return None


def lines(text: str, spans: Iterable[Span], before_next: str = "") -> Stretch:
    """Return what some lines of a file, or the ends of them, say as they stand there.

    `before_next` is what the file has before each further line: indentation, a prompt.
    """
    spans = tuple(spans)
    starts = accumulate((span.end - span.start for span in spans), initial=0)
    pieces = (
        Piece(Span(start, start + span.end - span.start), span)
        for start, span in zip(starts, spans, strict=False)
    )
    content = "".join(span.of(text) for span in spans)
    return Stretch(content, OffsetMap(tuple(pieces)), partial(_indented, before_next=before_next))


def joined(language: str, stretches: Iterable[Stretch]) -> Embedding:
    """Return the text that stretches, at least one, make when one goes on where the other ends."""
    return _made(language, [(stretch, "") for stretch in stretches])


def embed(language: str, stretches: Iterable[Stretch]) -> Embedding:
    """Return the text that stretches, at least one, make when each stands on lines of its own."""
    ended = ((stretch, "" if stretch.text.endswith(_LINE_ENDS) else "\n") for stretch in stretches)
    return _made(language, list(ended))


def _made(language: str, ended: list[tuple[Stretch, str]]) -> Embedding:
    pieces: list[Piece] = []
    starts: list[int] = []
    at = 0
    for stretch, end in ended:
        starts.append(at)
        pieces += (Piece(inner.shifted(at), outer) for inner, outer in stretch.map.pieces)
        at += len(stretch.text)
        if end:
            # This line end is in no file; what is said of it is said of the stretch's end.
            outer = stretch.map.to_outer(Span(len(stretch.text), len(stretch.text)))
            pieces.append(Piece(Span(at, at + len(end)), outer))
            at += len(end)
    text = "".join(stretch.text + end for stretch, end in ended)
    stretches = tuple(stretch for stretch, _ in ended)
    return Embedding(language, stretches, tuple(starts), text, OffsetMap(tuple(pieces)))


def _indented(text: str, before_next: str) -> str:
    return text.replace("\n", "\n" + before_next)


def composed(first: OffsetMap, second: OffsetMap) -> OffsetMap:
    """Return the map that leads through both: from a filter to an embedded text, and on to the file."""
    pieces = (piece for each in first.pieces for piece in _through(each, second))
    return OffsetMap(tuple(pieces), first.seams)


def _through(piece: Piece, second: OffsetMap) -> Iterable[Piece]:
    inner, middle = piece
    if inner.start == inner.end or not piece.is_exact:
        return [Piece(inner, second.to_outer(middle))]
    shift = inner.start - middle.start
    return [Piece(part.inner.shifted(shift), part.outer) for part in second.cut(middle)]
