"""The operators that MLflow allows for the key before the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.ide.model import CompletionItem
from mlq.ide.prose import operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq_grammar.dialect import Dialect

    from mlq.ide.completion.context import Context
    from mlq.keys.index import KeyIndex


def items(context: Context, dialect: Dialect, known: KeyIndex) -> Iterator[CompletionItem]:
    """Yield them in the dialect's order; nothing for a key that MLflow does not have."""
    del known
    key = context.subject.key if context.subject else None
    for rank, comparator in enumerate(key.comparators if key else ()):
        yield CompletionItem(
            label=comparator,
            span=context.span,
            text=comparator,
            kind="operator",
            detail=operator(comparator, dialect.entity, key),
            rank=rank,
        )
