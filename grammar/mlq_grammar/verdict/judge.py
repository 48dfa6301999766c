"""Whether MLflow runs a filter, and if not, what it says: the whole path from its parser to the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span
from mlq_grammar.tokens import Kind
from mlq_grammar.verdict import database, logged_models, store
from mlq_grammar.verdict.grouping import group_comparisons
from mlq_grammar.verdict.joining import joined
from mlq_grammar.verdict.limits import TooComplexError
from mlq_grammar.verdict.nodes import NUMBERS, Group, Node
from mlq_grammar.verdict.parsing import parse, parse_once
from mlq_grammar.verdict.plain import is_plainly_accepted
from mlq_grammar.verdict.reading import read
from mlq_grammar.verdict.refusal import RefusedError, refused
from mlq_grammar.verdict.rewriting import rewrite

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlq_grammar.dialect import Dialect
    from mlq_grammar.verdict.clauses import Clause, Value


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether MLflow runs a filter; if not, its own sentence and the part of the text that it is about.

    `is_size` tells that each clause is known to run, and only so many are refused.
    """

    ok: bool
    message: str | None = None
    span: Span | None = None
    is_size: bool = field(default=False, compare=False)


_RUNS = Verdict(ok=True)


@dataclass(frozen=True, slots=True)
class Ran:
    """A condition that MLflow runs: a key of a type and a name, aliases resolved, compared with a value."""

    type: str
    name: str
    comparator: str
    value: Value


def judge(text: str, dialect: Dialect) -> Verdict:
    """Return MLflow's verdict on a filter in this dialect, as its store on SQLite gives it; never raises."""
    try:
        if is_plainly_accepted(text, dialect):
            return _RUNS
    except RefusedError as error:
        return Verdict(ok=False, message=error.message, span=error.span, is_size=True)
    return judge_by_passes(text, dialect)


def judge_by_passes(text: str, dialect: Dialect) -> Verdict:
    """Return the same verdict, by the long way."""
    try:
        _clauses(text, dialect)
    except RefusedError as error:
        return Verdict(ok=False, message=error.message, span=error.span or Span(0, len(text)))
    return _RUNS


def conditions(text: str, dialect: Dialect) -> tuple[Ran, ...] | None:
    """Return what MLflow looks for, as its store has it; None where it refuses the filter."""
    try:
        return tuple(_ran(read, stored) for read, stored in _clauses(text, dialect))
    except RefusedError:
        return None


def _ran(read: Clause, stored: Clause) -> Ran:
    key = stored.key
    name = key.name if key.name and not key.is_prefix and stored.family.keys is not None else stored.name
    # Where nothing is bound for the database, what was read is what is looked for.
    value = read.value if stored.value is None else stored.value
    right = stored.comparison.right
    if isinstance(value, str) and right is not None and right.kind in NUMBERS:
        value = float(value) if right.kind is Kind.FLOAT else int(value)
    return Ran(stored.family.type, name, stored.comparator, value)


def _clauses(text: str, dialect: Dialect) -> list[tuple[Clause, Clause]]:
    """Return each clause as it is read and as it is stored; raise `RefusedError` where MLflow refuses."""
    if not text:
        _check_count(text, 0, dialect)
        return []
    rewritten = rewrite(text, dialect.syntax, dialect.sqlparse_version)
    try:
        return _rewritten_clauses(rewritten.text, dialect)
    except RefusedError as error:
        raise RefusedError(error.message, error.span and rewritten.source(error.span)) from None


def _rewritten_clauses(text: str, dialect: Dialect) -> list[tuple[Clause, Clause]]:
    if dialect.syntax.reader == "logged-models":
        clauses = logged_models.read(text, dialect)
        stored = [logged_models.check_stored(clause, dialect) for clause in clauses]
    else:
        clauses = _read(text, dialect)
        _check_count(text, len(clauses), dialect)
        stored = [store.check(clause, dialect) for clause in clauses]
    database.check(stored, dialect)
    return list(zip(clauses, stored, strict=True))


def _read(text: str, dialect: Dialect) -> list[Clause]:
    names_words = bool(dialect.syntax.words) and not dialect.syntax.rewrite
    tree = _parsed(text, parse if names_words else parse_once, dialect.sqlparse_version)
    if names_words:
        _name_words(tree, dialect)
    return read(list(joined(tree, dialect.syntax.joins)), dialect)


def _check_count(text: str, count: int, dialect: Dialect) -> None:
    if "one-clause" in dialect.syntax.steps and count != 1:
        raise refused("one-clause", filter=text)


def _parsed(text: str, read: Callable[[str, str], list[Node]], sqlparse_version: str) -> Node:
    try:
        trees = read(text, sqlparse_version)
    except TooComplexError:
        raise refused("too-complex", filter=text) from None
    if not trees:
        raise refused("unparsed", filter=text)
    if len(trees) > 1:
        raise refused("many-statements", trees[1].span, filter=text)
    return trees[0]


def _name_words(tree: Node, dialect: Dialect) -> None:
    """Make names of keywords that are fields of this search API, and look for comparisons again."""
    for at, child in enumerate(tree.children):
        if child.kind is Kind.KEYWORD and child.text in dialect.syntax.words:
            name = Node(child.source, child.start, child.end, Kind.NAME, [])
            tree.children[at] = Node(child.source, child.start, child.end, Group.IDENTIFIER, [name])
    try:
        group_comparisons(tree, dialect.sqlparse_version)
    except TooComplexError as error:
        raise RefusedError(str(error)) from None
