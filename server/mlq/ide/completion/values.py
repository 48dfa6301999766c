"""The values that the runs have, and those that the language itself names, such as the states of a run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlq.ide.model import CompletionItem
from mlq.keys.quoting import write_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq_grammar.dialect import Dialect

    from mlq.ide.completion.context import Context
    from mlq.keys.index import KeyIndex
    from mlq.semantics.meaning import Subject

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LIST_OPERATORS = frozenset({"IN", "NOT IN"})


def items(context: Context, dialect: Dialect, known: KeyIndex) -> Iterator[CompletionItem]:
    """Yield literals of the values of a text key; a value that no literal can hold is left out."""
    subject = context.subject
    if subject is None or subject.key is None or subject.key.value != "text":
        return
    is_in_list = context.operator in _LIST_OPERATORS
    wants_list = is_in_list and not context.is_in_list
    if (wants_list and context.quote) or context.quote == "`":
        return
    wants_number = "number-or-text" in subject.key.checks.before_value and context.operator[:1] in {"<", ">"}
    for value in _values(subject, known):
        if wants_number:
            written = value if _NUMBER.fullmatch(value) and not context.quote else None
        elif is_in_list:
            written = _item(value, context.quote, dialect)
        else:
            written = _literal(value, context.quote)
        if written is None:
            continue
        text = f"({written})" if wants_list else written
        yield CompletionItem(
            label=value,
            span=context.span,
            text=f" {text}" if context.needs_space else text,
            kind="value",
            detail=subject.label,
        )


def _values(subject: Subject, known: KeyIndex) -> Iterator[str]:
    """Yield those that the language names first."""
    if subject.key is None or subject.family is None:
        return
    named = subject.key.values
    yield from named
    name = subject.key.name or subject.name
    info = known.keys(subject.family.type).get(name)
    yield from (value for value in (info.values if info else ()) if value not in named)


def _item(value: str, quote: str, dialect: Dialect) -> str | None:
    # MLflow reads lists as Python's literals, which undo escapes; elsewhere a backslash is only that.
    if "\\" in value or not value.isprintable():
        return None
    if dialect.syntax.lists == "literal":
        return _literal(value, quote)
    # Before it did so, it knew no string in a list but '…'.
    return None if "'" in value else f"'{value}'"


def _literal(value: str, quote: str) -> str | None:
    if quote and quote not in value and not value.endswith("\\"):
        return f"{quote}{value}{quote}"
    return write_value(value)
