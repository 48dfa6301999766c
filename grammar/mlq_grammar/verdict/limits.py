"""The sizes at which sqlparse gives a statement up, and SQLite a query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlq_grammar.verdict.nodes import Node

MAX_DEPTH = 100
MAX_TOKENS = 10_000
MAX_TABLES = 64
MAX_CONDITIONS = 1000
INT64 = range(-(2**63), 2**63)

# What stands between these is never more than one token of sqlparse.
_PIECE = re.compile(r"[0-9]+\.[0-9]+|[^\W_]+|[\W_]")


class TooComplexError(Exception):
    """The statement has more groups inside each other, or more tokens side by side, than sqlparse takes."""


def is_within_tokens(text: str) -> bool:
    """Whether sqlparse surely does not give up for the number of tokens."""
    return len(text) <= MAX_TOKENS or len(_PIECE.findall(text)) <= MAX_TOKENS


def check_depths(statement: Node) -> None:
    """Raise `TooComplexError` if any group of a statement stands too deep."""
    if statement.end - statement.start <= MAX_DEPTH:
        return
    nodes, depth = [statement], 0
    while nodes:
        if depth > MAX_DEPTH:
            raise TooComplexError(f"Maximum grouping depth exceeded ({MAX_DEPTH}).")
        nodes = [child for node in nodes for child in node.children if child.group is not None]
        depth += 1


def check_depth(node: Node, depth: int, max_tokens: int = MAX_TOKENS) -> None:
    """Raise `TooComplexError` for a group that stands too deep or has too many children."""
    if depth > MAX_DEPTH:
        raise TooComplexError(f"Maximum grouping depth exceeded ({MAX_DEPTH}).")
    if len(node.children) > max_tokens:
        raise TooComplexError(f"Maximum number of tokens exceeded ({max_tokens}).")
