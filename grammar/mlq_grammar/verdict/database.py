"""What SQLite refuses of a query that MLflow's store builds: too many tables or clauses, odd values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.verdict.clauses import NULLS
from mlq_grammar.verdict.limits import INT64, MAX_CONDITIONS, MAX_TABLES
from mlq_grammar.verdict.refusal import RefusedError, refused
from mlq_grammar.verdict.spans_of_traces import check_span_window

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlq_grammar.dialect import Checks, Dialect
    from mlq_grammar.spans import Span
    from mlq_grammar.verdict.clauses import Clause


def check(clauses: list[Clause], dialect: Dialect) -> None:
    """Raise `RefusedError` for what the database does not run."""
    if "span-window" in dialect.syntax.steps:
        check_span_window(clauses)
    if "datasets-alone" in dialect.syntax.steps:
        _check_datasets(clauses)
    _count(clauses, dialect)
    for clause in clauses:
        _bind(clause)


def _check_datasets(clauses: list[Clause]) -> None:
    """Refuse runs with a dataset clause beside one that joins another table: a name clash, until 3.8."""
    joined = [clause for clause in clauses if clause.key.checks.joins]
    datasets = [clause for clause in joined if clause.family.type == "dataset"]
    if datasets and len(datasets) < len(joined):
        raise refused("dataset-joined", datasets[0].comparison.span)


def _count(clauses: list[Clause], dialect: Dialect) -> None:
    sizes = ((clause.key.checks, clause.comparator) for clause in clauses)
    found = exceeded(sizes, dialect.syntax.depth)
    if found:
        sentence, place, most = found
        raise refused(sentence, clauses[place].comparison.span, most=most)


def exceeded(clauses: Iterable[tuple[Checks, str]], base: int) -> tuple[str, int, int] | None:
    """Count the tables that clauses join, and how deep their conditions nest in a query that is `base` deep.

    Return the sentence on the first limit that is passed, which clause passes it, and the limit.
    """
    tables, depth = 1, 0
    for n, (checks, comparator) in enumerate(clauses):
        is_free = comparator in checks.free
        is_null = is_free and comparator in NULLS
        tables += 0 if is_free else checks.joins
        depth += checks.null_depth if is_null else checks.depth
        base = max(base, _base(checks.null_base if is_null else checks.base, comparator, n))
        if tables > MAX_TABLES:
            return "too-many-tables", n, MAX_TABLES
        if depth + base > MAX_CONDITIONS:
            return "too-deep", n, MAX_CONDITIONS
    return None


def _base(bases: tuple[int, int], comparator: str, place: int) -> int:
    """Return the depth of the query with this clause alone: the first condition stands deepest."""
    first, later = bases
    if comparator == "IS NOT NULL":
        first -= 1
    return max(first - place, later)


def _bind(clause: Clause) -> None:
    span = clause.value_span
    _encode(clause.name, clause.comparison.left.span)
    if isinstance(clause.value, tuple) and clause.comparator not in ("IN", "NOT IN"):
        raise refused("unbindable-first", span, type="tuple")
    if isinstance(clause.value, str) and clause.comparator in ("IN", "NOT IN"):
        raise refused("no-list", span, value=clause.value)
    for value in clause.value if isinstance(clause.value, tuple) else (clause.value,):
        if isinstance(value, str):
            _encode(value, span)
        elif isinstance(value, int) and value not in INT64:
            raise refused("integer-too-large", span)


def _encode(text: str, span: Span | None) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise RefusedError(str(error), span) from None
