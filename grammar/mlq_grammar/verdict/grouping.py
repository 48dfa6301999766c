"""sqlparse's passes, which turn a statement's flat list of tokens into a tree, in sqlparse's order.

Each pass sees what the ones before it made, so their order decides. The depth of recursion is bounded: every
pass that could meet a deeper tree refuses one of more than `MAX_DEPTH` groups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.tokens import Kind
from mlq_grammar.verdict.infix import (
    ARRAYS,
    ASSIGNMENTS,
    CASTS,
    COMPARISONS,
    IDENTIFIER_LISTS,
    NAMED_AS,
    OPERATIONS,
    PERIODS,
    TIMEZONE_CASTS,
    TYPED_LITERALS,
    TYPED_LITERALS_EXTENDED,
    group_infix,
)
from mlq_grammar.verdict.limits import check_depth
from mlq_grammar.verdict.nodes import Group, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAMES = frozenset({Kind.NAME, Kind.PLACEHOLDER, Kind.BUILTIN})
_NUMBERS = frozenset({Kind.INTEGER, Kind.FLOAT, Kind.HEX})
_AFTER_WHERE = (
    *("ORDER BY", "GROUP BY", "LIMIT", "UNION", "UNION ALL", "EXCEPT", "INTERSECT", "HAVING", "RETURNING"),
    "INTO",
)
_CAN_HAVE_ALIAS = frozenset(
    {Group.PARENTHESIS, Group.FUNCTION, Group.CASE, Group.IDENTIFIER, Group.OPERATION, Group.COMPARISON}
)


def group(statement: Node) -> None:
    """Run all passes over a flat statement; raise `TooComplexError` where sqlparse gives up."""
    _inner_first(statement, _comments, Group.COMMENT)
    _brackets(statement)
    _inner_first(statement, _over, Group.OVER)
    _inner_first(statement, _functions, Group.FUNCTION)
    _inner_first(statement, _where, Group.WHERE)
    group_infix(statement, PERIODS)
    group_infix(statement, ARRAYS)
    _inner_first(statement, _identifiers, Group.IDENTIFIER)
    _inner_first(statement, _order, Group.IDENTIFIER)
    for rule in (CASTS, TIMEZONE_CASTS, TYPED_LITERALS, TYPED_LITERALS_EXTENDED, OPERATIONS):
        group_infix(statement, rule)
    group_comparisons(statement)
    group_infix(statement, NAMED_AS)
    _inner_first(statement, _aliases)
    group_infix(statement, ASSIGNMENTS)
    _inner_first(statement, _trailing_comments)
    group_infix(statement, IDENTIFIER_LISTS)
    _values(statement)


def group_comparisons(statement: Node) -> None:
    """Run the one pass that MLflow runs again, after it has turned a word into a name."""
    group_infix(statement, COMPARISONS)


def _inner_first(node: Node, one_pass: Callable[[Node], None], *not_inside: Group) -> None:
    for child in node.children:
        if child.group is not None and child.group not in not_inside:
            _inner_first(child, one_pass, *not_inside)
    one_pass(node)


def _comments(node: Node) -> None:
    """Let a comment take the comments and newlines behind it, unless nothing else follows."""
    at = 0
    while at < len(node.children):
        if node.children[at].kind is Kind.COMMENT:
            end = at
            while end < len(node.children) and node.children[end].kind in (Kind.COMMENT, Kind.NEWLINE):
                end += 1
            if end == len(node.children):
                return
            node.wrap(at, end - 1, Group.COMMENT)
        at += 1


def _brackets(statement: Node) -> None:
    _matching(
        statement,
        Group.BRACKETS,
        lambda node: node.is_punctuation("["),
        lambda node: node.is_punctuation("]"),
    )
    _matching(
        statement,
        Group.PARENTHESIS,
        lambda node: node.is_punctuation("("),
        lambda node: node.is_punctuation(")"),
    )
    for made, openers, closer in (
        (Group.CASE, ("CASE",), "END"),
        (Group.IF, ("IF",), "END IF"),
        (Group.FOR, ("FOR", "FOREACH"), "END LOOP"),
        (Group.BEGIN, ("BEGIN",), "END"),
    ):
        _matching(
            statement,
            made,
            lambda node, openers=openers: node.is_keyword(*openers),  # type: ignore[misc]
            lambda node, closer=closer: node.is_keyword(closer),  # type: ignore[misc]
        )


def _matching(
    node: Node, made: Group, opens: Callable[[Node], bool], closes: Callable[[Node], bool], depth: int = 0
) -> None:
    """Group what stands between an opener and its closer; those without a partner stay tokens."""
    check_depth(node, depth)
    taken: list[Node] = []
    open_at: list[int] = []
    for child in node.children:
        taken.append(child)
        if child.group is not None and child.group is not made:
            _matching(child, made, opens, closes, depth + 1)
        elif opens(child):
            open_at.append(len(taken) - 1)
        elif open_at and closes(child):
            inside = taken[open_at.pop() :]
            del taken[-len(inside) :]
            taken.append(Node(node.source, inside[0].start, child.end, made, inside))
    node.children = taken


def _over(node: Node) -> None:
    for at in _each(node, lambda child: child.is_keyword("OVER")):
        after = node.next(at)
        if after is not None:
            child = node.children[after]
            if child.group is Group.PARENTHESIS or child.kind in _NAMES:
                node.wrap(at, after, Group.OVER)


def _functions(node: Node) -> None:
    """Make a name and its parenthesis a function, but not in what looks like CREATE TABLE without AS."""
    words = {child.text.upper() for child in node.children if child.kind is not None and len(child.text) < 7}
    if {"CREATE", "TABLE"} <= words and "AS" not in words:
        return
    for at in _each(node, lambda child: child.kind in _NAMES):
        after = node.next(at)
        if after is not None and node.children[after].group is Group.PARENTHESIS:
            over = node.next(after)
            if over is not None and node.children[over].group is Group.OVER:
                after = over
            node.wrap(at, after, Group.FUNCTION)


def _where(node: Node) -> None:
    for at in _each(node, lambda child: child.is_keyword("WHERE")):
        is_bracketed = node.group in (Group.PARENTHESIS, Group.BRACKETS)
        last = len(node.children) - (2 if is_bracketed else 1)
        end = next(
            (n - 1 for n in range(at + 1, len(node.children)) if node.children[n].is_keyword(*_AFTER_WHERE)),
            last,
        )
        node.wrap(at, end, Group.WHERE)


def _identifiers(node: Node) -> None:
    for at in _each(node, lambda child: child.kind in (Kind.NAME, Kind.SYMBOL)):
        node.wrap(at, at, Group.IDENTIFIER)


def _order(node: Node) -> None:
    at = 0
    while at < len(node.children):
        if node.children[at].kind is Kind.ORDER:
            before = node.previous(at)
            if before is not None and _can_be_sorted(node.children[before]):
                node.wrap(before, at, Group.IDENTIFIER)
                at = before
        at += 1


def _can_be_sorted(node: Node) -> bool:
    return node.group is Group.IDENTIFIER or node.kind in _NUMBERS


def _aliases(node: Node) -> None:
    for at in _each(node, lambda child: child.group in _CAN_HAVE_ALIAS or child.kind in _NUMBERS):
        after = node.next(at)
        if after is not None and node.children[after].group is Group.IDENTIFIER:
            node.wrap(at, after, Group.IDENTIFIER, extend=True)


def _trailing_comments(node: Node) -> None:
    """Make a comment behind a group a part of the group."""
    at = 0
    while at < len(node.children):
        if node.children[at].group is Group.COMMENT:
            before = node.previous(at)
            if before is not None and node.children[before].group is not None:
                node.children[before].absorb(node.children[before + 1 : at + 1])
                del node.children[before + 1 : at + 1]
                at = before
        at += 1


def _values(statement: Node) -> None:
    start = next((n for n, child in enumerate(statement.children) if child.is_keyword("VALUES")), None)
    if start is None:
        return
    ends = [
        n for n in range(start, len(statement.children)) if statement.children[n].group is Group.PARENTHESIS
    ]
    if ends:
        statement.wrap(start, ends[-1], Group.VALUES, extend=True)


def _each(node: Node, is_meant: Callable[[Node], bool]) -> Iterator[int]:
    """Yield the index of each such child, of the list as it is when the search gets there."""
    at = 0
    while at < len(node.children):
        if is_meant(node.children[at]):
            yield at
        at += 1
