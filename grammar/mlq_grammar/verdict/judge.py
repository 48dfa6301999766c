"""Whether MLflow runs a filter, and if not, what it says: the whole path from its parser to the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlq_grammar.lexer import tokenize
from mlq_grammar.spans import Span
from mlq_grammar.verdict import database, store
from mlq_grammar.verdict.clauses import read_clause
from mlq_grammar.verdict.grouping import group
from mlq_grammar.verdict.joining import Comparison, joined
from mlq_grammar.verdict.limits import TooComplexError
from mlq_grammar.verdict.nodes import Node, statement
from mlq_grammar.verdict.refusal import RefusedError
from mlq_grammar.verdict.statements import split

if TYPE_CHECKING:
    from mlq_grammar.dialect import Dialect


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether MLflow runs a filter; if not, its own sentence and the part of the text that it is about."""

    ok: bool
    message: str | None = None
    span: Span | None = None


_RUNS = Verdict(ok=True)


def judge(text: str, dialect: Dialect) -> Verdict:
    """Return MLflow's verdict on a filter in this dialect, as its store on SQLite gives it; never raises."""
    try:
        _check(text, dialect)
    except RefusedError as error:
        return Verdict(ok=False, message=error.message, span=error.span or Span(0, len(text)))
    return _RUNS


def _check(text: str, dialect: Dialect) -> None:
    if not text:
        return
    tree = _parsed(text)
    pieces = list(joined(tree, dialect.syntax.joins))
    _check_pieces(pieces, dialect)
    clauses = [read_clause(piece, dialect) for piece in pieces if isinstance(piece, Comparison)]
    clauses = [store.check(clause) for clause in clauses]
    database.check(clauses, dialect)


def _parsed(text: str) -> Node:
    trees = [statement(text, tokens) for tokens in split(tokenize(text))]
    try:
        for tree in trees:
            group(tree)
    except TooComplexError:
        raise RefusedError(f"Error on parsing filter '{text}'") from None
    if not trees:
        raise RefusedError(f"Invalid filter '{text}'. Could not be parsed.")
    if len(trees) > 1:
        message = f"Search filter contained multiple expression {text!r}. Provide AND-ed expression list."
        raise RefusedError(message, trees[1].span)
    return trees[0]


def _check_pieces(pieces: list[Node | Comparison], dialect: Dialect) -> None:
    invalid = [piece for piece in pieces if not _is_clause(piece)]
    if invalid:
        bare = ", ".join(piece.text for piece in invalid)
        quoted = ", ".join(f"'{piece.text}'" for piece in invalid)
        message = dialect.syntax.bad_clause.format(bare=bare, quoted=quoted)
        raise RefusedError(message, _first_run(pieces))


def _is_clause(piece: Node | Comparison) -> bool:
    return isinstance(piece, Comparison) or piece.is_keyword("AND")


def _first_run(pieces: list[Node | Comparison]) -> Span:
    """Return where the first invalid pieces that stand side by side are."""
    span: Span | None = None
    for piece in pieces:
        if not _is_clause(piece):
            span = piece.span if span is None else span.joined(piece.span)
        elif span is not None:
            break
    return span or Span(0, 0)
