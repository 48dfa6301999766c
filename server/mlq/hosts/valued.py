"""Filters that are the whole value of an option or a key, in a file whose literals are not Python's."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from mlq_grammar.spans import Span

from mlq.hosts.apis import SEARCHES
from mlq.hosts.embedded import EmbeddedRegion, placed
from mlq.hosts.embedding import Stretch, Writer, joined
from mlq.hosts.pieces import PieceBuilder
from mlq.hosts.region import FilterRegion, Hole, HoleKind, OffsetMap, Piece, Quoted, Shape
from mlq.text import LineIndex

_HOLE = "{}"


class Value(NamedTuple):
    """What a key or option is given: literals one behind the other, at least one, and holes in them.

    `span` is all of it in the file; `shape` says where the literals stand.
    """

    stretches: tuple[Stretch, ...]
    literals: tuple[Quoted, ...]
    gaps: tuple[Hole, ...]
    span: Span
    shape: Shape = "literal"

    @property
    def text(self) -> str:
        """The text, with `{}` for each hole."""
        return "".join(stretch.text for stretch in self.stretches)

    @property
    def is_written(self) -> bool:
        """Whether any of the text is the file's own: holes alone are no text, an empty literal is one."""
        return not self.gaps or bool(self.text.replace(_HOLE, "").strip())

    def cut(self, span: Span) -> Value:
        """Return a part of the text, which stands in its only literal and has no hole."""
        part = self.stretches[0].cut(span)
        return Value((part,), self.literals, (), part.map.to_outer(Span(0, len(part.text))), self.shape)

    def then(self, other: Value) -> Value:
        """Return both values as one."""
        shift = len(self.text)
        gaps = (hole._replace(span=hole.span.shifted(shift)) for hole in other.gaps)
        return Value(
            (*self.stretches, *other.stretches),
            (*self.literals, *other.literals),
            (*self.gaps, *gaps),
            self.span.joined(other.span),
            "implicit-concatenation",
        )


class Reader:
    """Collects the text of one literal of a file, as the reader of the file's language hands it over."""

    def __init__(self, opening: str, content: Span, write: Writer) -> None:
        self._content = PieceBuilder()
        self._gaps: list[Hole] = []
        self._quoted = Quoted(opening, content)
        self._write = write
        self.put("", Span(content.start, content.start))

    def put(self, text: str, outer: Span) -> None:
        """Append what a stretch of the file stands for."""
        self._content.put(text, outer, is_whole=len(text) != outer.end - outer.start)

    def hole(self, outer: Span, source: str, kind: HoleKind = "unknown") -> None:
        """Append what only a run can tell."""
        inner = self._content.put(_HOLE, outer, is_whole=True)
        self._gaps.append(Hole(inner, kind, source))

    def value(self, span: Span) -> Value:
        """Return what has been collected; `span` is the literal with its quotes."""
        content = self._quoted.content
        self.put("", Span(content.end, content.end))
        stretch = Stretch(self._content.text, self._content.map(), self._write)
        return Value((stretch,), (self._quoted,), tuple(self._gaps), span)


def region_of(value: Value, entity: str, lines: LineIndex, *, api: str = "") -> EmbeddedRegion:
    """Return a value as the filter of an entity; `api` is the search that it is for, if not the usual one."""
    embedding = joined(entity, value.stretches)
    everything = Span(0, len(embedding.text))
    within = FilterRegion(
        entity=entity,
        api=api or SEARCHES[entity],
        text=embedding.text,
        start=0,
        end=everything.end,
        line=1,
        column=1,
        shape=value.shape,
        is_static=not value.gaps,
        map=OffsetMap((Piece(everything, everything),)),
        gaps=value.gaps,
    )
    line, column = lines.position1(value.span.start)
    region = placed(within, embedding, lines)
    start, end = value.span
    return replace(region, start=start, end=end, line=line, column=column, literals=value.literals)
