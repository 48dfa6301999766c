"""Whether MLflow sorts by the items of an `order_by` list, and if not, by which and with what sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span
from mlq_grammar.verdict.limits import MAX_TABLES
from mlq_grammar.verdict.order_items import Field, Item, check_encodable, read_item
from mlq_grammar.verdict.refusal import RefusedError, refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlq_grammar.dialect import Dialect, OrderBy

_MAX_TERMS = 2_000
_MAX_WORDS_ITEMS = 100
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class OrderVerdict:
    """Whether MLflow sorts by a list; if not, its sentence, the first item that it refuses, and where in it.

    On logged models the span is one of the item's `field_name`.
    """

    ok: bool
    message: str | None = None
    index: int = 0
    span: Span | None = None


def judge_order_by(items: Sequence[Item], dialect: Dialect) -> OrderVerdict:
    """Return MLflow's verdict on a list in this dialect, as its store on SQLite gives it; never raises.

    An API that has no `order_by` takes any.
    """
    refused = (verdict for verdict in judge_items(items, dialect) if not verdict.ok)
    return next(refused, OrderVerdict(ok=True))


def judge_items(items: Sequence[Item], dialect: Dialect) -> Iterator[OrderVerdict]:
    """Yield the verdict on each item, as if those that are refused before it were left out."""
    query = _Query(items, dialect)
    for index, item in enumerate(items):
        refusal = query.refusal_of(item)
        if refusal is None:
            yield OrderVerdict(ok=True, index=index)
        else:
            span = refusal.span or Span(0, len(text_of(item)))
            yield OrderVerdict(ok=False, message=refusal.message, index=index, span=span)


def text_of(item: Item) -> str:
    """Return the text of an item, in which the spans of its verdict stand; empty where it has none."""
    if isinstance(item, Mapping):
        item = item.get("field_name")
    return item if isinstance(item, str) else ""


class _Query:
    """The query that the items make, one after another."""

    def __init__(self, items: Sequence[Item], dialect: Dialect) -> None:
        self._items = items
        self._dialect = dialect
        self._places: set[tuple[str, str]] = set()
        self._count = 0
        self._tables = 1

    def refusal_of(self, item: Item) -> RefusedError | None:
        """Add the next item; return why MLflow refuses it."""
        try:
            self._add(read_item(item, self._dialect))
        except RefusedError as error:
            return error
        return None

    def _add(self, field: Field) -> None:
        order = self._dialect.order_by
        place = (field.type, field.name)
        if place in self._places and order.bad_duplicate:
            raise RefusedError(order.bad_duplicate.format(key=field.name, items=list(self._items[:_SHOWN])))
        if field.joins:
            check_encodable(field.name)
        self._check_size(order, field)
        self._places.add(place)
        self._count += 1
        self._tables += field.joins

    def _check_size(self, order: OrderBy, field: Field) -> None:
        """Refuse what is too much for the store or for SQLite."""
        if order.reader == "words" and self._count >= _MAX_WORDS_ITEMS:
            raise refused("order-too-long", most=_MAX_WORDS_ITEMS)
        if self._tables + field.joins > MAX_TABLES:
            raise refused("too-many-tables", most=MAX_TABLES)
        places = {*self._places, (field.type, field.name)} if order.ties else ()
        ties = sum(("", tie) not in places for tie in order.ties)
        if (self._count + 1) * order.terms + ties > _MAX_TERMS:
            raise refused("order-too-many-terms")
