"""A filter's text as sqlparse's trees, one a statement."""

from __future__ import annotations

from functools import lru_cache

from mlq_grammar.lexer import tokenize
from mlq_grammar.sqlparse import NEWEST
from mlq_grammar.verdict.grouping import group
from mlq_grammar.verdict.nodes import Node, statement
from mlq_grammar.verdict.splicing import spliced
from mlq_grammar.verdict.statements import split

# Whoever asks what one MLflow says of a filter asks of its clauses next, and what another version says.
_REMEMBERED = 16
_MAX_REMEMBERED_LENGTH = 2_000


def parse_once(text: str, sqlparse_version: str = NEWEST) -> list[Node]:
    """Return the same as `parse`, remembered: the trees must not be changed."""
    read = _remembered if len(text) <= _MAX_REMEMBERED_LENGTH else parse
    return read(text, sqlparse_version)


def parse(text: str, sqlparse_version: str = NEWEST) -> list[Node]:
    """Return the trees of a text's statements; raise `TooComplexError` where sqlparse gives up."""
    tree = spliced(text, sqlparse_version)
    return [tree] if tree else parse_by_passes(text, sqlparse_version)


def parse_by_passes(text: str, sqlparse_version: str = NEWEST) -> list[Node]:
    """Return the same, by the long way."""
    statements = split(tokenize(text, sqlparse_version), sqlparse_version)
    trees = [statement(text, tokens) for tokens in statements]
    for tree in trees:
        group(tree, sqlparse_version)
    return trees


_remembered = lru_cache(maxsize=_REMEMBERED)(parse)
