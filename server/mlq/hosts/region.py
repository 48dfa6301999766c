"""A filter found in a file, and the way between its offsets and the file's."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from mlq_grammar.spans import Span

from mlq.findings import Edit
from mlq.hosts import quoting
from mlq.hosts.store_reference import NOTHING_SAID, StoreReference


class Piece(NamedTuple):
    r"""A stretch of a filter and the stretch of the file that it was read from.

    A piece whose two spans are equally long maps offset by offset; any other (an escape such as `\n`, a
    hole of an f-string) maps only as a whole. An empty piece only says where text may be put.
    """

    inner: Span
    outer: Span

    @property
    def is_exact(self) -> bool:
        """Whether the piece maps offset by offset."""
        return self.inner.end - self.inner.start == self.outer.end - self.outer.start

    @property
    def is_unwritten(self) -> bool:
        """Whether the file does not have it at all, such as a last line's end."""
        return self.outer.start == self.outer.end and self.inner.start < self.inner.end

    def cut(self, span: Span) -> Piece:
        """Return the part for a span of the filter; a piece that is not exact keeps all it was read from."""
        start, end = max(span.start, self.inner.start), min(span.end, self.inner.end)
        shift = self.outer.start - self.inner.start
        outer = Span(start + shift, end + shift) if self.is_exact else self.outer
        return Piece(Span(start, end), outer)


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Pieces in the filter's order; what stands between two pieces in the file is no part of the filter.

    `seams` are the offsets of the filter, ascending, where it goes on elsewhere in the file: with what a
    variable holds, or what joins the items of a list. Between two seams the pieces ascend in the file too.
    """

    pieces: tuple[Piece, ...]
    seams: tuple[int, ...] = ()

    def to_outer(self, span: Span) -> Span:
        """Map a span of the filter to the file: from its first character's piece to its last one's.

        Of a span that crosses seams, the longest part between two of them is mapped. An empty span lands
        behind the character before it; at the start of the filter, before the first one.
        """
        size = self.pieces[-1].inner.end
        start, end = max(0, min(span.start, size)), max(0, min(span.end, size))
        if start < end:
            start, end = self._unbroken(start, end)
            return Span(self._start_of(start), self._end_of(end - 1))
        place = self._end_of(start - 1) if start else self.pieces[0].outer.start
        return Span(place, place)

    def has_gap(self, offset: int) -> bool:
        """Whether something stands in the file between the characters before and behind an offset."""
        return self._end_of(offset - 1) != self._start_of(offset)

    def cut(self, span: Span) -> tuple[Piece, ...]:
        """Return the pieces of a span of the filter that is not empty."""
        first = self._index_of(span.start)
        last = self._index_of(span.end - 1)
        pieces = self.pieces[first : last + 1]
        return tuple(piece.cut(span) for piece in pieces if piece.inner.start < piece.inner.end)

    def _unbroken(self, start: int, end: int) -> tuple[int, int]:
        cuts = [start, *(seam for seam in self.seams if start < seam < end), end]
        return max(pairwise(cuts), key=lambda part: part[1] - part[0])

    def to_inner(self, offset: int) -> int | None:
        """Map an offset of the file to the filter; None where the filter is not (quotes, gaps).

        Both ends of a piece belong to it, so that a cursor before a closing quote stands in the filter.
        """
        if self.seams:
            touching = (piece for piece in self.pieces if piece.outer.touches(offset))
            piece = next((piece for piece in touching if piece.outer.end > offset), None)
            piece = piece or next((piece for piece in self.pieces if piece.outer.touches(offset)), None)
        else:
            at = bisect_right(self.pieces, offset, key=lambda piece: piece.outer.start) - 1
            while at > 0 and self.pieces[at].is_unwritten and self.pieces[at - 1].outer.end == offset:
                at -= 1
            piece = self.pieces[at] if at >= 0 and self.pieces[at].outer.touches(offset) else None
        if piece is None:
            return None
        if offset == piece.outer.end:
            return piece.inner.end
        return piece.inner.start + (offset - piece.outer.start if piece.is_exact else 0)

    def _start_of(self, character: int) -> int:
        piece = self._piece_of(character)
        return piece.outer.start + (character - piece.inner.start if piece.is_exact else 0)

    def _end_of(self, character: int) -> int:
        piece = self._piece_of(character)
        return piece.outer.start + character - piece.inner.start + 1 if piece.is_exact else piece.outer.end

    def _piece_of(self, character: int) -> Piece:
        return self.pieces[self._index_of(character)]

    def _index_of(self, character: int) -> int:
        return bisect_left(self.pieces, character + 1, key=lambda piece: piece.inner.end)


Shape = Literal[
    "literal",
    "implicit-concatenation",
    "f-string",
    "concatenation",
    "format",
    "percent",
    "join",
    "variable",
    "attribute",
    "parameter",
    "parameter-default",
    "function",
    "imported",
    "query-file",
    "text",
]
HoleKind = Literal["unknown", "integer", "number", "boolean", "quoted"]
Writing = Literal["unknown", "given", "closed"]


_LONGEST_LABEL = 40


class Hole(NamedTuple):
    """A stretch of a filter that only a run can tell.

    `span` is its `{}` in the filter, `kind` what it is known to hold (`quoted` is Python's own spelling of a
    string), `source` the expression as the file has it. `writing` tells of a value that holds no quotes
    (`closed`: an id, a date), and of one that the file takes as it is given, such as a parameter (`given`).
    """

    span: Span
    kind: HoleKind = "unknown"
    source: str = ""
    writing: Writing = "unknown"

    @property
    def label(self) -> str:
        """How to name what stands in it to a person."""
        return f"`{self.source}`" if self.source and len(self.source) < _LONGEST_LABEL else "this value"


class Quoted(NamedTuple):
    """A literal of the host: its opening quote, prefix included (`r"`, `'`), and where its content stands.

    `doubled` are the characters that the host reads from it only where they are written twice: the braces
    of an f-string, the `%` of what is filled in by `%`.
    """

    opening: str
    content: Span
    doubled: str = ""


@dataclass(frozen=True, slots=True)
class FilterRegion:
    """A filter in a file.

    `text` is the string that MLflow would get, with `{}` for each hole; `start` and `end` are code-point
    offsets of the whole expression in the file, `line` and `column` its first character's, from 1.
    `literals` are the host literals that hold it, in order; a host without quotes has none. `fixed` are the
    stretches of the text that are known and written elsewhere, such as a constant's value in an f-string.
    `store` is what the file says of the store that is searched.
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
    literals: tuple[Quoted, ...] = ()
    gaps: tuple[Hole, ...] = ()
    fixed: tuple[Span, ...] = ()
    store: StoreReference = NOTHING_SAID

    @property
    def holes(self) -> tuple[Span, ...]:
        """Where the holes are in the filter's text."""
        return tuple(hole.span for hole in self.gaps)

    def place_of(self, offset: int) -> int | None:
        """Map an offset of the file to the filter; None outside of it, in a hole and in a constant."""
        inner = self.map.to_inner(offset)
        if inner is None or any(
            self.map.to_outer(span).start < offset < self.map.to_outer(span).end
            for span in (*self.holes, *self.fixed)
        ):
            return None
        return inner

    @property
    def quote(self) -> str:
        """The opening quote of the first literal; empty where the host has none."""
        return self.literals[0].opening if self.literals else ""

    def to_source(self, offset: int) -> int:
        """Map an offset of the filter to the file: to where that character starts, or to the filter's end."""
        if 0 <= offset < len(self.text):
            return self.map.to_outer(Span(offset, offset + 1)).start
        return self.map.to_outer(Span(offset, offset)).start

    def escape(self, text: str, at: int = 0) -> str:
        """Write filter text as the literal that holds the filter's offset `at` must, so that it reads back.

        Raises `ValueError` where that literal cannot hold it, as a raw string cannot hold its own quote.
        """
        return self._escape(text, self.to_source(at))

    def edit(self, edit: Edit) -> Edit | None:
        """Turn an edit of the filter into one of the file.

        None where it cannot be made by one: it would join literals of different quotes, or change a hole,
        or the literal cannot hold the text.
        """
        if self._would_join(edit):
            edit = Edit(edit.start - 1, edit.end, self.text[edit.start - 1] + edit.text)
        inner = Span(edit.start, edit.end)
        outer = self.map.to_outer(inner)
        touched = {literal.opening for literal in self.literals if literal.content.overlaps(outer)}
        if len(touched) > 1 or self._would_bare(edit, touched) or not self._is_writable(inner):
            return None
        return self.insertion(edit.text, outer)

    def edits(self, edit: Edit) -> list[Edit] | None:
        """Turn an edit of the filter into edits of the file that touch nothing else.

        What stands between two literals, such as a comment, stays. None where the file cannot hold the text,
        and where a literal would be left empty.
        """
        if not self._is_writable(Span(edit.start, edit.end)):
            return None
        parts = self._parts(edit)
        made = [each for part in parts if (each := self.edit(part)) and self._is_inside(each)]
        is_emptied = len(parts) > 1 and any(
            not each.text and literal.content == (each.start, each.end)
            for each in made
            for literal in self.literals
        )
        return None if len(made) < len(parts) or is_emptied else made

    def quote_at(self, edit: Edit) -> str:
        """Return the opening quote of the literal that an edit of the filter is written in."""
        place = self.map.to_outer(Span(edit.start, edit.end)).start
        return next((each.opening for each in self.literals if each.content.touches(place)), "")

    def _parts(self, edit: Edit) -> list[Edit]:
        """Cut an edit where the file interrupts the filter; the first part that changes gets the new text."""
        gaps = [at for at in range(edit.start + 1, edit.end) if self.map.has_gap(at)]
        parts, text = [], edit.text
        for start, end in pairwise([edit.start, *gaps, edit.end]):
            old = self.text[start:end]
            if end < edit.end and old and text.startswith(old):
                text = text[len(old) :]
                continue
            parts.append(Edit(start, end, text))
            text = ""
        return parts

    def _is_inside(self, edit: Edit) -> bool:
        """Whether an edit of the file stays within one literal."""
        contents = [literal.content for literal in self.literals]
        return not contents or any(
            content.start <= edit.start and edit.end <= content.end for content in contents
        )

    def _is_writable(self, inner: Span) -> bool:
        """Whether a span of the filter stands in one place, and no hole or constant in it."""
        closed = (*self.holes, *self.fixed)
        return not any(span.start < inner.end and inner.start < span.end for span in closed) and not any(
            inner.start < seam < inner.end for seam in self.map.seams
        )

    def _would_join(self, edit: Edit) -> bool:
        """Whether the character before an edit is written so that it would make an escape with what follows.

        A backslash that Python does not read as an escape would, and so would a short octal one.
        """
        if not self.literals or not 0 < edit.start <= len(self.text):
            return False
        before = self.text[edit.start - 1]
        outer = self.map.to_outer(Span(edit.start - 1, edit.start))
        is_lone = before == "\\" and outer.end - outer.start == 1
        return is_lone or (before < "@" and outer.end - outer.start in {2, 3})

    def _would_bare(self, edit: Edit, openings: set[str]) -> bool:
        """Whether an edit takes the backslash that a raw literal needs before a quote or a line end."""
        is_raw = any("r" in opening.lower() for opening in openings)
        is_behind = self.text[max(0, edit.start - 1) : edit.start] == "\\"
        is_taken = edit.start < edit.end and self.text[edit.end - 1] == "\\"
        return is_raw and (is_behind or is_taken) and self.text[edit.end : edit.end + 1] in {"'", '"', "\n"}

    def insertion(self, text: str, outer: Span) -> Edit | None:
        """Put filter text in the place of a span of the file, such as the word before a cursor.

        None where the literal there cannot hold the text.
        """
        try:
            return Edit(outer.start, outer.end, self._escape(text, outer.start))
        except ValueError:
            return None

    def splice(self, edit: Edit) -> Edit | None:
        """Turn an edit of the filter whose text is the host's, such as `", "`, into one of the file."""
        outer = self.map.to_outer(Span(edit.start, edit.end))
        return Edit(outer.start, outer.end, edit.text)

    def _escape(self, text: str, outer: int) -> str:
        for literal in self.literals:
            if literal.content.touches(outer):
                for char in literal.doubled:
                    text = text.replace(char, char * 2)
                return quoting.escape(text, literal.opening)
        if self.literals:
            raise ValueError("no literal stands there")
        return text
