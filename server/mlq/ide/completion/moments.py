"""Moments in words, such as today, which are inserted as the milliseconds that MLflow counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.ide.model import CompletionItem
from mlq.semantics.moments import is_moment, moments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mlq.ide.completion.context import Context

_BY_ORDER = frozenset({">", ">=", "<", "<="})


def items(context: Context, now: datetime) -> Iterator[CompletionItem]:
    """Yield the moments for a key that is one, where it is compared by order: none comes twice."""
    key = context.subject.key if context.subject else None
    if key is None or not is_moment(key) or context.operator not in _BY_ORDER or context.quote:
        return
    for rank, (label, moment) in enumerate(moments(now)):
        text = str(round(moment.timestamp() * 1000))
        yield CompletionItem(
            label=label,
            span=context.span,
            text=f" {text}" if context.needs_space else text,
            kind="value",
            detail=f"since {moment:%Y-%m-%d %H:%M}"
            if context.operator[0] == ">"
            else f"{moment:%Y-%m-%d %H:%M}",
            rank=rank,
        )
