"""The clauses of a statement, as the search API's parser reads them; `Syntax.reader` names which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span
from mlq_grammar.verdict.clauses import (
    Clause,
    check_parts,
    check_use,
    read_clause,
    read_key,
    unquoted,
    with_value,
)
from mlq_grammar.verdict.joining import Comparison
from mlq_grammar.verdict.nodes import Group, Node
from mlq_grammar.verdict.refusal import RefusedError, refused
from mlq_grammar.verdict.steps import take

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlq_grammar.dialect import Dialect, Key


def read(pieces: list[Node | Comparison], dialect: Dialect) -> list[Clause]:
    """Return the clauses of a statement's pieces; raise `RefusedError` where MLflow's parser does."""
    check_pieces(pieces, dialect)
    reader = READERS[dialect.syntax.reader]
    return [reader(piece, dialect) for piece in pieces if isinstance(piece, Comparison)]


def check_pieces(pieces: list[Node | Comparison], dialect: Dialect) -> None:
    """Refuse all pieces at once that are neither a comparison nor AND."""
    separators = dialect.syntax.separators
    invalid = [piece for piece in pieces if isinstance(piece, Node) and not piece.is_keyword(*separators)]
    if invalid:
        bare = ", ".join(piece.text for piece in invalid)
        quoted = ", ".join(f"'{piece.text}'" for piece in invalid)
        message = dialect.syntax.bad_clause.format(bare=bare, quoted=quoted)
        raise RefusedError(message, _first_run(pieces, invalid))


def _first_run(pieces: list[Node | Comparison], invalid: list[Node]) -> Span:
    """Return where the first invalid pieces that stand side by side are."""
    span, at = invalid[0].span, pieces.index(invalid[0])
    for piece, expected in zip(pieces[at:], invalid, strict=False):
        if piece is not expected:
            break
        span = span.joined(expected.span)
    return span


def _search(comparison: Comparison, dialect: Dialect) -> Clause:
    clause = read_clause(comparison, dialect)
    checks = clause.key.checks
    if comparison.right is not None:
        clause = take(checks.before_value, clause)
    clause = with_value(clause, dialect.syntax)
    if comparison.right is not None and clause.family.stage == "clause":
        check_use(clause)
    return take(checks.after_value, clause)


def _issue(comparison: Comparison, dialect: Dialect) -> Clause:
    """Read a clause on issues, where anything that groups may be the value."""
    if comparison.count != 3 or comparison.right is None:
        raise refused("issues-three-parts", comparison.span, count=comparison.count)
    left, family = comparison.left, dialect.families[0]
    if left.group is not Group.IDENTIFIER:
        raise refused("issues-no-identifier", left.span, found=_class_of(left))
    name = unquoted(left.text, "'", '"').strip()
    key = family.key(name)
    value = unquoted(comparison.right.text, "'", '"').strip()
    clause = Clause(family, key or family.pattern, name, comparison.comparator.upper(), value, comparison)
    if key is None:
        raise clause.refused(family.bad_key, left.span)
    check_use(clause)
    return clause


def _class_of(node: Node) -> str:
    name = "Token" if node.group is None else node.group.value
    return f"<class 'sqlparse.sql.{name}'>"


def _trace_metric(comparison: Comparison, dialect: Dialect) -> Clause:
    """Read a clause on trace metrics, whose columns have two or three parts."""
    check_parts(comparison, dialect)
    left = comparison.left
    if "." not in left.text:
        raise refused("metrics-identifier", left.span, left=left.text)
    clause = read_key(comparison, dialect)
    entity, dot, rest = left.text.partition(".")[2].partition(".")
    key = _metric_key(clause, entity, is_keyed=bool(dot))
    clause = replace(clause, key=key, name=f"{entity}.{rest}" if dot else entity)
    check_use(clause)
    clause = replace(clause, family=replace(clause.family, type=entity))
    return with_value(clause, dialect.syntax)


def _metric_key(clause: Clause, entity: str, *, is_keyed: bool) -> Key:
    """Return the key of this entity; some need a further key, the others take none."""
    family, left = clause.family, clause.comparison.left.span
    key = next((key for key in family.keys or () if key.name.rstrip(".") == entity), None)
    view = family.prefixes[0]
    if key is None:
        entities = [known.name.rstrip(".") for known in family.keys or ()]
        raise clause.refused(family.bad_key, left, key=entity, prefix=view, entities=entities)
    if key.is_prefix and not is_keyed:
        raise refused("metrics-needs-key", left, entity=entity, view=view)
    if is_keyed and not key.is_prefix:
        raise refused("metrics-takes-no-key", left, entity=entity, view=view)
    return key


READERS: dict[str, Callable[[Comparison, Dialect], Clause]] = {
    "search": _search,
    "issues": _issue,
    "trace-metrics": _trace_metric,
}
