"""The keys that the language itself names: `status`, `start_time`, `dataset.name`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.ide.model import CompletionItem
from mlq.ide.prose import about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq_grammar.dialect import Dialect

    from mlq.ide.completion.context import Context
    from mlq.keys.index import KeyIndex

_RANK = 20


def items(context: Context, dialect: Dialect, known: KeyIndex) -> Iterator[CompletionItem]:
    """Yield the keys of a closed family: the one that the prefix opens, else the one that needs no prefix."""
    del known
    family = context.family if context.prefix else dialect.bare
    if family is None:
        return
    for key in family.keys or ():
        yield CompletionItem(
            label=key.name,
            span=context.span,
            text=key.name,
            kind="attribute",
            detail=key.value,
            documentation=about(dialect.entity, family.type, key.name),
            rank=_RANK,
        )
