"""What may be typed at a place of a filter. Works in half-typed text, and without any known keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.ide.completion import attributes, comparators, connectives, keys, moments, prefixes, values
from mlq.ide.completion.context import Expected, context
from mlq.ide.model import Completion
from mlq.keys.index import NO_KEYS, KeyIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from mlq_grammar.dialect import Dialect

    from mlq.ide.completion.context import Context
    from mlq.ide.model import CompletionItem

    Provider = Callable[[Context, Dialect, KeyIndex], Iterator[CompletionItem]]

LIMIT = 150
"""More items than this are never returned."""

_PROVIDERS: Mapping[Expected, tuple[Provider, ...]] = {
    Expected.KEY: (prefixes.items, attributes.items, keys.items),
    Expected.OPERATOR: (comparators.items,),
    Expected.VALUE: (values.items,),
    Expected.CONNECTIVE: (connectives.items,),
    Expected.NOTHING: (),
}


def complete(
    text: str, offset: int, dialect: Dialect, known: KeyIndex = NO_KEYS, now: datetime | None = None
) -> Completion:
    """Return what may be typed at an offset of a filter, the best first, spans being the filter's.

    Moments such as today are offered where `now` is given.
    """
    here = context(text, offset, dialect)
    found = [item for provide in _PROVIDERS[here.expected] for item in provide(here, dialect, known)]
    if now and here.expected is Expected.VALUE:
        found += moments.items(here, now)
    found.sort(key=lambda item: item.rank)
    # A key that was found by what was typed gives way to another one as more is typed.
    is_searched = here.expected is Expected.KEY and keys.is_searched(here, dialect, known)
    return Completion(tuple(found[:LIMIT]), is_searched or len(found) > LIMIT)
