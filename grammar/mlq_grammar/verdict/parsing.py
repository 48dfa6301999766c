"""A filter's text as sqlparse's trees, one a statement."""

from __future__ import annotations

from mlq_grammar.lexer import tokenize
from mlq_grammar.verdict.grouping import group
from mlq_grammar.verdict.nodes import Node, statement
from mlq_grammar.verdict.statements import split


def parse(text: str) -> list[Node]:
    """Return the trees of a text's statements; raise `TooComplexError` where sqlparse gives up."""
    trees = [statement(text, tokens) for tokens in split(tokenize(text))]
    for tree in trees:
        group(tree)
    return trees
