"""Runs the host of an embedded text's language, and places what it finds in the file around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.findings import Edit
from mlq.hosts.embedding import Embedding, composed
from mlq.hosts.order_by import OrderByRegion
from mlq.hosts.region import FilterRegion, Hole, Quoted
from mlq.text import LineIndex

if TYPE_CHECKING:
    from mlq.hosts.keyed import FilterKeys
    from mlq.hosts.modules import Modules


@dataclass(frozen=True, slots=True)
class EmbeddedRegion(FilterRegion):
    """A filter in an embedded text. All offsets are the file's; `within` is the same filter in that text.

    What is written is first written as the embedded text must hold it, then as the file around must.
    """

    within: FilterRegion = field(kw_only=True)
    embedding: Embedding = field(kw_only=True)

    def escape(self, text: str, at: int = 0) -> str:
        """Write filter text as the file must at the filter's offset `at`; ValueError where it cannot."""
        place = self.within.to_source(at)
        edit = self.embedding.edit(Edit(place, place, self.within.escape(text, at)))
        if edit is None:
            raise ValueError("the file cannot hold this text")
        return edit.text

    def edit(self, edit: Edit) -> Edit | None:
        """Turn an edit of the filter into one of the file; None where it cannot be made by one."""
        inner = self.within.edit(edit)
        return inner and self.embedding.edit(inner)

    def edits(self, edit: Edit) -> list[Edit] | None:
        """Turn an edit of the filter into edits of the file that touch nothing else; None where it cannot."""
        inner = self.within.edits(edit) or []
        made = [placed for each in inner if (placed := self.embedding.edit(each))]
        return made if inner and len(made) == len(inner) else None

    def insertion(self, text: str, outer: Span) -> Edit | None:
        """Put filter text in the place of a span of the file; None where that cannot hold it."""
        start, end = self.embedding.to_inner(outer.start), self.embedding.to_inner(outer.end)
        if start is None or end is None:
            return None
        inner = self.within.insertion(text, Span(start, end))
        return inner and self.embedding.insertion(inner.text, outer)

    def splice(self, edit: Edit) -> Edit | None:
        """Turn an edit of the filter whose text is the host's, such as `", "`, into one of the file."""
        inner = self.within.splice(edit)
        return inner and self.embedding.edit(inner)


def placed(region: FilterRegion, embedding: Embedding, lines: LineIndex) -> EmbeddedRegion:
    """Return a filter of an embedded text as one of the file, whose lines are given."""
    outer = embedding.to_outer(Span(region.start, region.end))
    line, column = lines.position1(outer.start)
    literals = (
        Quoted(quoted.opening, embedding.to_outer(quoted.content), quoted.doubled)
        for quoted in region.literals
    )
    gaps = (*region.gaps, *(Hole(span) for span in _holes(region, embedding)))
    return EmbeddedRegion(
        entity=region.entity,
        api=region.api,
        text=region.text,
        start=outer.start,
        end=outer.end,
        line=line,
        column=column,
        shape=region.shape,
        is_static=not gaps,
        map=composed(region.map, embedding.map),
        literals=tuple(literals),
        gaps=gaps,
        fixed=region.fixed,
        store=region.store.moved(embedding.to_outer),
        within=region,
        embedding=embedding,
    )


def _holes(region: FilterRegion, embedding: Embedding) -> Iterator[Span]:
    """Yield where the filter has a hole that is one of the file around."""
    for hole in embedding.holes:
        for inner, outer in region.map.pieces:
            start, end = max(hole.start, outer.start), min(hole.end, outer.end)
            if start < end:
                shift = inner.start - outer.start
                yield Span(start, end).shifted(shift)


def regions(
    text: str, embeddings: Iterable[Embedding], keys: FilterKeys = (), modules: Modules = ()
) -> tuple[FilterRegion, ...]:
    """Return the filters of a file's embedded texts in order, each once; Python's import the modules."""
    from mlq.hosts import find_regions

    lines = LineIndex(text)
    found: dict[tuple[int, int, str], FilterRegion] = {}
    for embedding in embeddings:
        imported = modules if embedding.language == "python" else ()
        for region in find_regions(embedding.text, embedding.language, imported, keys):
            here = placed(region, embedding, lines)
            found.setdefault((here.start, here.end, here.text), here)
    return tuple(found[key] for key in sorted(found))


def region_at(
    text: str, embeddings: Iterable[Embedding], offset: int, keys: FilterKeys = ()
) -> FilterRegion | None:
    """Return the filter to complete at an offset of the file."""
    from mlq.hosts import region_at as region_within

    for embedding in embeddings:
        inner = embedding.to_inner(offset)
        if inner is None:
            continue
        region = region_within(embedding.text, embedding.language, inner, keys)
        if region:
            return placed(region, embedding, LineIndex(text))
    return None


def order_by_regions(text: str, embeddings: Iterable[Embedding]) -> tuple[OrderByRegion, ...]:
    """Return the `order_by` lists of a file's embedded texts in order, each once."""
    from mlq.hosts.order_by import find_order_by

    lines = LineIndex(text)
    found: dict[int, OrderByRegion] = {}
    for embedding in embeddings:
        for region in find_order_by(embedding.text, embedding.language):
            items = tuple(
                replace(item, region=placed(item.region, embedding, lines)) for item in region.items
            )
            found.setdefault(items[0].region.start, OrderByRegion(region.entity, items))
    return tuple(found[start] for start in sorted(found))


def explain(embeddings: Iterable[Embedding], span: Span, modules: Modules = ()) -> tuple[str, ...]:
    """Return why the strings on a line of the file are checked or not; nothing where no text is embedded."""
    from mlq.hosts import explain as explain_within

    # A broken stretch is the last of a text that comes behind the one for all.
    for embedding in reversed(tuple(embeddings)):
        offsets = map(embedding.to_inner, range(span.start, span.end + 1))
        inner = next((offset for offset in offsets if offset is not None), None)
        if inner is not None:
            lines = LineIndex(embedding.text)
            line = lines.position(inner).line
            if lines.line(line).strip():  # else another text has what stands there
                return explain_within(embedding.text, embedding.language, line + 1, (), modules)
    return ()
