"""Finds what the queries of query files are sorted by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mlq_grammar import queryfile
from mlq_grammar.queryfile_tree import Item
from mlq_grammar.spans import Span

from mlq.hosts.apis import SEARCHES
from mlq.hosts.order_by import OrderByRegion, OrderItem
from mlq.hosts.region import FilterRegion, OffsetMap, Piece
from mlq.text import LineIndex

_DICTS = "logged_models"
_DIRECTION = re.compile(r"\s+(?:ASC|DESC)\s*$", re.IGNORECASE)


@lru_cache(maxsize=32)
def order_by_regions(text: str) -> tuple[OrderByRegion, ...]:
    """Return the ORDER BY lists of a query file in order; never raises, whatever the text."""
    file, lines = queryfile.parse(text), LineIndex(text)
    return tuple(
        OrderByRegion(
            query.entity,
            tuple(_item(lines, query.entity, item, file.comments) for item in query.order_by),
        )
        for query in file.queries
        if query.entity and query.order_by
    )


def _item(lines: LineIndex, entity: str, item: Item, comments: Iterable[Span]) -> OrderItem:
    """Return an item; on logged models its direction goes into a field of its own when the query runs."""
    direction = _DIRECTION.search(item.text) if entity == _DICTS else None
    size = direction.start() if direction else len(item.text)
    pieces: list[Piece] = []
    at = 0
    for stretch in _uncommented(item.span, comments):
        length = min(stretch.end - stretch.start, size - at)
        if length > 0:
            pieces.append(Piece(Span(at, at + length), Span(stretch.start, stretch.start + length)))
            at += length
    line, column = lines.position1(item.span.start)
    region = FilterRegion(
        entity=entity,
        api=SEARCHES[entity],
        text=item.text[:size],
        start=item.span.start,
        end=item.span.end,
        line=line,
        column=column,
        shape="query-file",
        is_static=True,
        map=OffsetMap(tuple(pieces)),
    )
    return OrderItem(region, is_dict=entity == _DICTS)


def _uncommented(span: Span, comments: Iterable[Span]) -> list[Span]:
    """Return the stretches of a span that are no comments."""
    found: list[Span] = []
    start = span.start
    for comment in comments:
        if span.start <= comment.start < span.end:
            found.append(Span(start, comment.start))
            start = comment.end
    return [*found, Span(start, span.end)]
