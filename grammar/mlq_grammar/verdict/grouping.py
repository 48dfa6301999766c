"""sqlparse's passes, which turn a statement's flat list of tokens into a tree, in sqlparse's order.

Each pass sees what the ones before it made, so their order decides; what a release of sqlparse does otherwise
is a row with `since` or `until`. The depth of recursion is bounded: every
pass that could meet a deeper tree refuses one of more than `MAX_DEPTH` groups.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from mlq_grammar.sqlparse import NEWEST, holds
from mlq_grammar.tokens import Kind
from mlq_grammar.verdict.infix import (
    ARRAYS,
    ASSIGNMENTS,
    ASSIGNMENTS_UNTIL_0_5_0,
    CASTS,
    COMPARISONS,
    IDENTIFIER_LISTS,
    NAMED_AS,
    OPERATIONS,
    PERIODS,
    PERIODS_UNTIL_0_5_0,
    TIMEZONE_CASTS,
    TIMEZONE_CASTS_UNTIL_0_4_3,
    TYPED_LITERALS,
    TYPED_LITERALS_EXTENDED,
    Rule,
    group_infix,
)
from mlq_grammar.verdict.limits import MAX_TOKENS, check_depth, check_depths
from mlq_grammar.verdict.nodes import Group, Node

Pass = Callable[[Node], None]

_NAMES = (Kind.NAME, Kind.PLACEHOLDER, Kind.BUILTIN)
_NUMBERS = (Kind.INTEGER, Kind.FLOAT, Kind.HEX)
_AFTER_WHERE_UNTIL_0_5_4 = (
    *("ORDER BY", "GROUP BY", "LIMIT", "UNION", "UNION ALL", "EXCEPT", "HAVING", "RETURNING", "INTO"),
)
_AFTER_WHERE = (*_AFTER_WHERE_UNTIL_0_5_4, "INTERSECT")
_CAN_HAVE_ALIAS = (
    Group.PARENTHESIS,
    Group.FUNCTION,
    Group.CASE,
    Group.IDENTIFIER,
    Group.OPERATION,
    Group.COMPARISON,
)


def group(statement: Node, sqlparse_version: str = NEWEST) -> None:
    """Run the passes over a flat statement; raise `TooComplexError` where sqlparse gives up."""
    marks = _marks(statement)
    for needs, one_pass in _passes(sqlparse_version):
        if needs is None or not marks.isdisjoint(needs):
            one_pass(statement)


def _marks(statement: Node) -> set[str]:
    """Return what occurs of that which the passes look for: marks, operators, keywords, kinds of tokens."""
    marks = set()
    for node in statement.children:
        kind = node.kind
        if kind is Kind.PUNCTUATION or kind is Kind.OPERATOR:
            marks.add(node.text)
        elif kind is not None:
            marks.add(node.upper)
            marks.add(kind.name)
    return marks


def group_comparisons(statement: Node, sqlparse_version: str = NEWEST) -> None:
    """Run the one pass that MLflow runs again, after it has turned a word into a name."""
    group_infix(statement, _as_in(COMPARISONS, sqlparse_version))


def _inner_first(node: Node, one_pass: Callable[[Node], None], *not_inside: Group) -> None:
    for child in node.children:
        if child.group is not None and child.group not in not_inside:
            _inner_first(child, one_pass, *not_inside)
    one_pass(node)


def _comments(node: Node, taken: tuple[Kind, ...] = (Kind.COMMENT, Kind.NEWLINE)) -> None:
    """Let a comment take the comments and newlines behind it, unless nothing else follows."""
    at = 0
    while at < len(node.children):
        if node.children[at].kind is Kind.COMMENT:
            end = at
            while end < len(node.children) and node.children[end].kind in taken:
                end += 1
            if end == len(node.children):
                return
            node.wrap(at, end - 1, Group.COMMENT)
        at += 1


def _comments_until_0_5_1(node: Node) -> None:
    _comments(node, (Kind.COMMENT, Kind.NEWLINE, Kind.SPACE))


class _Between(NamedTuple):
    """A pass that makes a group of what stands between an opener and its closer."""

    made: Group
    opens: Callable[[Node], bool]
    closes: Callable[[Node], bool]
    max_tokens: int = MAX_TOKENS


def _mark(text: str) -> Callable[[Node], bool]:
    return lambda node: node.is_punctuation(text)


def _word(*words: str) -> Callable[[Node], bool]:
    return lambda node: node.is_keyword(*words)


def _matching(node: Node, what: _Between, depth: int = 0) -> None:
    """Group what stands between an opener and its closer; those without a partner stay tokens."""
    check_depth(node, depth, what.max_tokens)
    taken: list[Node] = []
    open_at: list[int] = []
    for child in node.children:
        taken.append(child)
        if child.group is not None and child.group is not what.made:
            _matching(child, what, depth + 1)
        elif what.opens(child):
            open_at.append(len(taken) - 1)
        elif open_at and what.closes(child):
            inside = taken[open_at.pop() :]
            del taken[-len(inside) :]
            taken.append(Node(node.source, inside[0].start, child.end, what.made, inside))
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
    words = _short_words(node)
    _functions_unless(
        node, creates_table={"CREATE", "TABLE"} <= _capitals(words) and "AS" not in _capitals(words)
    )


def _functions_until_0_6_0(node: Node) -> None:
    words = _short_words(node)
    _functions_unless(node, creates_table={"CREATE", "TABLE"} <= _capitals(words) and "AS" not in words)


def _functions_until_0_4_3(node: Node) -> None:
    _functions_unless(node, creates_table={"CREATE", "TABLE"} <= _short_words(node))


def _short_words(node: Node) -> set[str]:
    return {child.text for child in node.children if child.kind is not None and child.end - child.start < 7}


def _capitals(words: set[str]) -> set[str]:
    return {word.upper() for word in words}


def _functions_unless(node: Node, *, creates_table: bool) -> None:
    if creates_table:
        return
    for at in _each(node, lambda child: child.kind in _NAMES):
        after = node.next(at)
        if after is not None and node.children[after].group is Group.PARENTHESIS:
            over = node.next(after)
            if over is not None and node.children[over].group is Group.OVER:
                after = over
            node.wrap(at, after, Group.FUNCTION)


def _where(node: Node, ends: tuple[str, ...] = _AFTER_WHERE) -> None:
    for at in _each(node, lambda child: child.is_keyword("WHERE")):
        is_bracketed = node.group in (Group.PARENTHESIS, Group.BRACKETS)
        last = len(node.children) - (2 if is_bracketed else 1)
        end = next(
            (n - 1 for n in range(at + 1, len(node.children)) if node.children[n].is_keyword(*ends)),
            last,
        )
        node.wrap(at, end, Group.WHERE)


def _where_until_0_5_4(node: Node) -> None:
    _where(node, _AFTER_WHERE_UNTIL_0_5_4)


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


def _inside(one_pass: Pass, *not_inside: Group) -> Pass:
    return lambda statement: _inner_first(statement, one_pass, *not_inside)


class _Step(NamedTuple):
    """A pass, what must occur for it to do anything, and in which releases of sqlparse it is so.

    Without what must occur the pass is left out; None means always.
    """

    needs: frozenset[str] | None
    what: Pass | _Between | Rule
    since: str = ""
    until: str = ""


_NAMED_TYPE = frozenset({"BUILTIN", "TIMESTAMP"})

# sqlparse's order. The depth is checked by every pass of sqlparse: here where the statement got deeper.
_STEPS = (
    _Step(frozenset({"COMMENT"}), _inside(_comments_until_0_5_1, Group.COMMENT), until="0.5.1"),
    _Step(frozenset({"COMMENT"}), _inside(_comments, Group.COMMENT), since="0.5.1"),
    _Step(None, lambda statement: check_depth(statement, 0), since="0.5.4"),
    _Step(frozenset("["), _Between(Group.BRACKETS, _mark("["), _mark("]"))),
    _Step(frozenset("("), _Between(Group.PARENTHESIS, _mark("("), _mark(")"))),
    _Step(frozenset({"CASE"}), _Between(Group.CASE, _word("CASE"), _word("END"))),
    _Step(frozenset({"IF"}), _Between(Group.IF, _word("IF"), _word("END IF"))),
    _Step(frozenset({"FOR", "FOREACH"}), _Between(Group.FOR, _word("FOR", "FOREACH"), _word("END LOOP"))),
    _Step(frozenset({"BEGIN"}), _Between(Group.BEGIN, _word("BEGIN"), _word("END"))),
    _Step(None, check_depths),
    _Step(frozenset({"OVER"}), _inside(_over, Group.OVER), since="0.5.0"),
    _Step(frozenset("("), _inside(_functions_until_0_4_3, Group.FUNCTION), until="0.4.3"),
    _Step(frozenset("("), _inside(_functions_until_0_6_0, Group.FUNCTION), since="0.4.3", until="0.6.0"),
    _Step(frozenset("("), _inside(_functions, Group.FUNCTION), since="0.6.0"),
    _Step(frozenset({"WHERE"}), _inside(_where_until_0_5_4, Group.WHERE), until="0.5.4"),
    _Step(frozenset({"WHERE"}), _inside(_where, Group.WHERE), since="0.5.4"),
    _Step(frozenset("."), PERIODS_UNTIL_0_5_0, until="0.5.0"),
    _Step(frozenset({".", "->", "->>"}), PERIODS, since="0.5.0"),
    _Step(frozenset("["), ARRAYS),
    _Step(None, _inside(_identifiers, Group.IDENTIFIER)),
    _Step(frozenset({"ORDER"}), _order, until="0.5.0"),
    _Step(frozenset({"ORDER"}), _inside(_order, Group.IDENTIFIER), since="0.5.0"),
    _Step(frozenset({"::"}), CASTS),
    _Step(frozenset({"TZCAST"}), TIMEZONE_CASTS_UNTIL_0_4_3, until="0.4.3"),
    _Step(frozenset({"TZCAST"}), TIMEZONE_CASTS, since="0.4.3"),
    _Step(_NAMED_TYPE, TYPED_LITERALS),
    _Step(_NAMED_TYPE, TYPED_LITERALS_EXTENDED),
    _Step(None, OPERATIONS),
    _Step(frozenset({"COMPARISON"}), COMPARISONS),
    _Step(None, check_depths),
    _Step(frozenset({"AS"}), NAMED_AS),
    _Step(None, _inside(_aliases)),
    _Step(None, check_depths),
    _Step(frozenset({"ASSIGNMENT"}), ASSIGNMENTS_UNTIL_0_5_0, until="0.5.0"),
    _Step(frozenset({"ASSIGNMENT"}), ASSIGNMENTS, since="0.5.0"),
    _Step(frozenset({"COMMENT"}), _inside(_trailing_comments)),
    _Step(None, check_depths),
    _Step(frozenset(","), IDENTIFIER_LISTS),
    _Step(frozenset({"VALUES"}), _values),
)


@cache
def _passes(sqlparse_version: str) -> tuple[tuple[frozenset[str] | None, Pass], ...]:
    """Return the passes of a release, each with what it needs."""
    steps = [step for step in _STEPS if holds(sqlparse_version, step.since, step.until)]
    return tuple((step.needs, _pass(step.what, sqlparse_version)) for step in steps)


def _pass(what: Pass | _Between | Rule, sqlparse_version: str) -> Pass:
    if isinstance(what, _Between):
        between = what._replace(max_tokens=_max_tokens(sqlparse_version))
        return lambda statement: _matching(statement, between)
    if isinstance(what, Rule):
        rule = _as_in(what, sqlparse_version)
        return lambda statement: group_infix(statement, rule)
    return what


@cache
def _as_in(rule: Rule, sqlparse_version: str) -> Rule:
    spares = holds(sqlparse_version, since="0.6.1")
    return replace(rule, max_tokens=_max_tokens(sqlparse_version), spares_delimiters=spares)


def _max_tokens(sqlparse_version: str) -> int:
    """Return how many tokens may stand side by side; that 0.5.4 leaves more ungrouped comes to the same."""
    return MAX_TOKENS if holds(sqlparse_version, since="0.5.4") else sys.maxsize
