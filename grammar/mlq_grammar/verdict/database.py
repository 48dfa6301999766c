"""What SQLite refuses of a query that MLflow's store builds: too many tables or clauses, odd values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.verdict.refusal import RefusedError

if TYPE_CHECKING:
    from mlq_grammar.dialect import Dialect
    from mlq_grammar.spans import Span
    from mlq_grammar.verdict.clauses import Clause

_MAX_TABLES = 64
_MAX_DEPTH = 1000
_INT64 = range(-(2**63), 2**63)
_NULLS = ("IS NULL", "IS NOT NULL")


def check(clauses: list[Clause], dialect: Dialect) -> None:
    """Raise `RefusedError` for what the database does not run."""
    tables = 1
    for clause in clauses:
        if clause.comparator not in _NULLS:
            tables += clause.key.checks.joins
        if tables > _MAX_TABLES:
            message = f"(sqlite3.OperationalError) at most {_MAX_TABLES} tables in a join"
            raise RefusedError(message, clause.comparison.span)
    if dialect.syntax.depth + sum(clause.key.checks.depth for clause in clauses) > _MAX_DEPTH:
        message = f"(sqlite3.OperationalError) Expression tree is too large (maximum depth {_MAX_DEPTH})"
        raise RefusedError(message, clauses[-1].comparison.span)
    for clause in clauses:
        _bind(clause)


def _bind(clause: Clause) -> None:
    value = clause.value
    span = None if clause.comparison.right is None else clause.comparison.right.span
    if isinstance(value, int) and value not in _INT64:
        raise RefusedError("Python int too large to convert to SQLite INTEGER", span)
    if isinstance(value, tuple) and clause.comparator not in ("IN", "NOT IN"):
        message = "(sqlite3.ProgrammingError) Error binding parameter 1: type 'tuple' is not supported"
        raise RefusedError(message, span)
    _encode(clause.name, clause.comparison.left.span)
    for text in _texts(value):
        _encode(text, span)


def _encode(text: str, span: Span | None) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise RefusedError(str(error), span) from None


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, tuple) else []
