"""The prefixes of keys: `metrics.`, `params.`, `tags.`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.ide.model import CompletionItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq_grammar.dialect import Dialect

    from mlq.ide.completion.context import Context
    from mlq.keys.index import KeyIndex

_RANK = 10
_RANK_OF_NEEDLESS = 40


def items(context: Context, dialect: Dialect, known: KeyIndex) -> Iterator[CompletionItem]:
    """Yield the usual prefix of each family; the key behind a prefix that stands there already stays."""
    if context.prefix or context.quote:
        return
    behind_dot = context.rest.find(".") + 1
    span = (
        Span(context.span.start, context.span.end - len(context.rest) + behind_dot)
        if behind_dot
        else context.span
    )
    for family in dialect.families:
        if family.refused or not family.prefixes:
            continue
        count = len(known.keys(family.type))
        yield CompletionItem(
            label=f"{family.prefixes[0]}.",
            span=span,
            text=f"{family.prefixes[0]}.",
            kind="prefix",
            detail=f"{count} known" if count else family.type,
            rank=_RANK_OF_NEEDLESS if family.is_bare else _RANK,
        )
