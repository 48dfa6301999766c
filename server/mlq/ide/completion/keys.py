"""The keys that the store has, in the family that was begun or, where none was, in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.ide.markdown import code, plural
from mlq.ide.model import CompletionItem
from mlq.keys.quoting import write_key
from mlq.semantics.nouns import singular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mlq_grammar.dialect import Dialect, Family

    from mlq.ide.completion.context import Context
    from mlq.keys.index import KeyIndex, KeyInfo

_RANK = 20
_RANK_WITH_PREFIX = 30
# MLflow's own tags are on every run and seldom looked for.
_SYSTEM = "mlflow."
_MOST_VALUES = 5
_MANY = 300


def items(context: Context, dialect: Dialect, known: KeyIndex) -> Iterator[CompletionItem]:
    """Yield the keys of open families, the most used first; a key that no filter can name is left out."""
    if context.prefix:
        if context.family:
            yield from _of_family(context, dialect, context.family, known, "")
    elif not context.quote:
        for family in (family for family in dialect.families if family.prefixes):
            yield from _of_family(context, dialect, family, known, f"{family.prefixes[0]}.")


def _of_family(
    context: Context, dialect: Dialect, family: Family, known: KeyIndex, prefix: str
) -> Iterator[CompletionItem]:
    if family.keys is not None or family.refused:
        return
    for key in _wanted(context, known.keys(family.type)):
        written = write_key(key.name)
        if written is None:
            continue
        yield CompletionItem(
            label=prefix + key.name,
            span=context.span,
            text=prefix + written,
            kind="key",
            detail=f"{family.type}, {key.count} of {plural(known.seen, singular(dialect.entity))}",
            documentation=_values(key),
            rank=(_RANK_WITH_PREFIX if prefix else _RANK) + key.name.startswith(_SYSTEM),
        )


def _wanted(context: Context, keys: Mapping[str, KeyInfo]) -> Iterable[KeyInfo]:
    """Return all keys, among which editors choose better; of very many, those that hold the typed text."""
    if len(keys) <= _MANY:
        return keys.values()
    typed = context.typed.lstrip('`"').casefold()
    return (key for name, key in keys.items() if typed in name.casefold())


def _values(key: KeyInfo) -> str:
    shown = ", ".join(code(value) for value in key.values[:_MOST_VALUES])
    return shown + (", …" if len(key.values) > _MOST_VALUES else "")
