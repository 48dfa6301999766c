"""The keys that the store has, in the family that was begun or, where none was, in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.ide.markdown import code, plural
from mlq.ide.model import CompletionItem
from mlq.keys.quoting import write_key
from mlq.semantics.nouns import singular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq_grammar.dialect import Dialect, Family

    from mlq.ide.completion.context import Context
    from mlq.keys.index import KeyIndex
    from mlq.keys.table import KeyInfo, KeyTable

_RANK = 20
_RANK_WITH_PREFIX = 30
# MLflow's own tags are on every run and seldom looked for.
_SYSTEM = "mlflow."
_MOST_VALUES = 5

FEW = 50
"""So many keys of a kind are all offered: editors choose among them as people type."""
MOST = 24
"""Of more keys, so many are offered at most: a screenful, since each one costs a keystroke some time."""


def items(context: Context, dialect: Dialect, known: KeyIndex) -> Iterator[CompletionItem]:
    """Yield the keys of open families, the best first; a key that no filter can name is left out."""
    for family, prefix in _families(context, dialect):
        yield from _of_family(context, dialect, family, known.keys(family.type), known.seen, prefix)


def is_searched(context: Context, dialect: Dialect, known: KeyIndex) -> bool:
    """Tell whether these are not all keys, but those that fit what was typed."""
    return any(len(known.keys(family.type)) > FEW for family, _ in _families(context, dialect))


def _families(context: Context, dialect: Dialect) -> Iterator[tuple[Family, str]]:
    """Yield the families whose keys may stand here, each with what has to stand before them."""
    if context.prefix:
        found = [(context.family, "")] if context.family else []
    else:
        found = [(each, f"{each.prefixes[0]}.") for each in dialect.families if each.prefixes]
    for family, prefix in found:
        if family.keys is None and not family.refused and not (prefix and context.quote):
            yield family, prefix


def _of_family(
    context: Context, dialect: Dialect, family: Family, keys: KeyTable, seen: int, prefix: str
) -> Iterator[CompletionItem]:
    typed = context.typed.lstrip('`"').removeprefix(prefix)
    looked_at = plural(seen, singular(dialect.entity))
    for key in keys.values() if len(keys) <= FEW else keys.search(typed, MOST):
        written = write_key(key.name)
        if written is None:
            continue
        yield CompletionItem(
            label=prefix + key.name,
            span=context.span,
            text=prefix + written,
            kind="key",
            detail=f"{family.type}, {key.count} of {looked_at}",
            documentation=_values(key),
            rank=(_RANK_WITH_PREFIX if prefix else _RANK) + key.name.startswith(_SYSTEM),
        )


def _values(key: KeyInfo) -> str:
    shown = ", ".join(code(value) for value in key.values[:_MOST_VALUES])
    return shown + (", …" if len(key.values) > _MOST_VALUES else "")
