"""What joins two clauses: AND, and nothing else in MLflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.ide.model import CompletionItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq_grammar.dialect import Dialect

    from mlq.ide.completion.context import Context
    from mlq.keys.index import KeyIndex


def items(context: Context, dialect: Dialect, known: KeyIndex) -> Iterator[CompletionItem]:
    """Yield AND where the dialect has it."""
    del known
    if "AND" in dialect.syntax.separators and not context.quote:
        yield CompletionItem("AND", context.span, "AND", "keyword", detail="both conditions hold")
