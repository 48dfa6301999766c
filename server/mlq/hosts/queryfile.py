"""Finds the filters of query files."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mlq_grammar import queryfile
from mlq_grammar.spans import Span

from mlq.hosts.apis import SEARCHES
from mlq.hosts.region import FilterRegion, OffsetMap, Piece
from mlq.hosts.store_reference import NOTHING_SAID, Said, StoreReference
from mlq.text import LineIndex

if TYPE_CHECKING:
    from mlq_grammar.queryfile_tree import Query, QueryFile, Section

_DEFAULT_ENTITY = "runs"


@lru_cache(maxsize=32)
def regions(text: str) -> tuple[FilterRegion, ...]:
    """Return the filters of a query file in order; never raises, whatever the text.

    A query without a filter has none where it lacks WHERE; behind WHERE or a name it has an empty one.
    """
    lines = LineIndex(text)
    return tuple(
        _region(text, lines, query.entity, query.condition.pieces, _store(query))
        for query in queryfile.parse(text).queries
        if query.entity and query.condition
    )


def region_at(text: str, offset: int) -> FilterRegion | None:
    """Return the filter that a cursor stands in, with the blanks around it; None in comments and elsewhere.

    Where a query may begin, that is the filter that could stand there.
    """
    file = queryfile.parse(text)
    if any(comment.start < offset <= comment.end for comment in file.comments):
        return None
    lines = LineIndex(text)
    for entity, section, store in _sections(file):
        region = _region(text, lines, entity, section.room, store)
        if region.map.to_inner(offset) is not None:
            return region
    return None


def _sections(file: QueryFile) -> list[tuple[str, Section, StoreReference]]:
    written = [
        (query.entity, query.condition, _store(query))
        for query in file.queries
        if query.entity and query.condition
    ]
    return written + [(_DEFAULT_ENTITY, gap, NOTHING_SAID) for gap in file.gaps]


def _store(query: Query) -> StoreReference:
    """Return the experiments that a query names behind IN, and whether it has a view of its own."""
    return StoreReference(
        experiments=tuple(Said(item.text, "IN", span=item.span) for item in query.experiments),
        has_view=query.view != "active",
    )


def _region(
    text: str,
    lines: LineIndex,
    entity: str,
    pieces: tuple[tuple[Span, Span], ...],
    store: StoreReference,
) -> FilterRegion:
    start, end = pieces[0][1].start, pieces[-1][1].end
    line, column = lines.position1(start)
    return FilterRegion(
        entity=entity,
        api=SEARCHES[entity],
        text="".join(outer.of(text) for _, outer in pieces),
        start=start,
        end=end,
        line=line,
        column=column,
        shape="query-file",
        is_static=True,
        map=OffsetMap(tuple(Piece(inner, outer) for inner, outer in pieces)),
        store=store,
    )
