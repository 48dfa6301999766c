"""Which spans MLflow looks at when a traces filter asks for spans: those since shortly before the traces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.verdict.limits import INT64
from mlq_grammar.verdict.refusal import refused

if TYPE_CHECKING:
    from mlq_grammar.verdict.clauses import Clause

_TOLERANCE_MS = 10_000
_NS_PER_MS = 1_000_000


def check_span_window(clauses: list[Clause]) -> None:
    """Refuse a latest bound that MLflow cannot compute the start of the window from, in nanoseconds."""
    latest: str | float | None = None
    for clause in clauses:
        if _is_lower_bound(clause) and isinstance(clause.value, str | int | float):
            latest = clause.value if latest is None else _later(latest, clause)
    for clause in clauses:
        if clause.family.type == "span" and latest is not None:
            _check_start(latest, clause)


def _is_lower_bound(clause: Clause) -> bool:
    is_time = clause.family.type == "attribute" and clause.name == "timestamp_ms"
    return is_time and clause.comparator in (">", ">=")


def _later(latest: str | float, clause: Clause) -> str | float:
    value = clause.value
    if isinstance(value, str) and isinstance(latest, str):
        return max(latest, value)
    if isinstance(value, int | float) and isinstance(latest, int | float):
        return max(latest, value)
    facts = {"left": type(value).__name__, "right": type(latest).__name__}
    raise refused("unordered-bounds", clause.value_span, **facts)


def _check_start(latest: str | float, clause: Clause) -> None:
    if isinstance(latest, str):
        raise refused("text-bound", clause.comparison.span)
    start = (latest - _TOLERANCE_MS) * _NS_PER_MS
    if isinstance(start, int) and start not in INT64:
        raise refused("integer-too-large", clause.comparison.span)
