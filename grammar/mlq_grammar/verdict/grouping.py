"""sqlparse's passes, which turn a statement's flat list of tokens into a tree, in sqlparse's order.

Each pass sees what the ones before it made, so their order decides. The depth of recursion is bounded: every
pass that could meet a deeper tree refuses one of more than `MAX_DEPTH` groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
    Rule,
    group_infix,
)
from mlq_grammar.verdict.limits import check_depth, check_depths, check_width
from mlq_grammar.verdict.nodes import Group, Node

Pass = Callable[[Node], None]

_NAMES = (Kind.NAME, Kind.PLACEHOLDER, Kind.BUILTIN)
_NUMBERS = (Kind.INTEGER, Kind.FLOAT, Kind.HEX)
_AFTER_WHERE = (
    *("ORDER BY", "GROUP BY", "LIMIT", "UNION", "UNION ALL", "EXCEPT", "INTERSECT", "HAVING", "RETURNING"),
    "INTO",
)
_CAN_HAVE_ALIAS = (
    Group.PARENTHESIS,
    Group.FUNCTION,
    Group.CASE,
    Group.IDENTIFIER,
    Group.OPERATION,
    Group.COMPARISON,
)


def group(statement: Node) -> None:
    """Run the passes over a flat statement; raise `TooComplexError` where sqlparse gives up."""
    marks = _marks(statement)
    for needs, one_pass in _PASSES:
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


def _between(made: Group, opens: Callable[[Node], bool], closes: Callable[[Node], bool]) -> Pass:
    return lambda statement: _matching(statement, made, opens, closes)


def _mark(text: str) -> Callable[[Node], bool]:
    return lambda node: node.is_punctuation(text)


def _word(*words: str) -> Callable[[Node], bool]:
    return lambda node: node.is_keyword(*words)


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


def _infix(rule: Rule) -> Pass:
    return lambda statement: group_infix(statement, rule)


def _inside(one_pass: Pass, *not_inside: Group) -> Pass:
    return lambda statement: _inner_first(statement, one_pass, *not_inside)


# sqlparse's order, each with what must occur for the pass to do anything; without it, it is left out. The
# limits are checked by every pass of sqlparse: here where the statement is flat, and where it got deeper.
_PASSES: tuple[tuple[frozenset[str] | None, Pass], ...] = (
    (frozenset({"COMMENT"}), _inside(_comments, Group.COMMENT)),
    (None, check_width),
    (frozenset("["), _between(Group.BRACKETS, _mark("["), _mark("]"))),
    (frozenset("("), _between(Group.PARENTHESIS, _mark("("), _mark(")"))),
    (frozenset({"CASE"}), _between(Group.CASE, _word("CASE"), _word("END"))),
    (frozenset({"IF"}), _between(Group.IF, _word("IF"), _word("END IF"))),
    (frozenset({"FOR", "FOREACH"}), _between(Group.FOR, _word("FOR", "FOREACH"), _word("END LOOP"))),
    (frozenset({"BEGIN"}), _between(Group.BEGIN, _word("BEGIN"), _word("END"))),
    (None, check_depths),
    (frozenset({"OVER"}), _inside(_over, Group.OVER)),
    (frozenset("("), _inside(_functions, Group.FUNCTION)),
    (frozenset({"WHERE"}), _inside(_where, Group.WHERE)),
    (frozenset({".", "->", "->>"}), _infix(PERIODS)),
    (frozenset("["), _infix(ARRAYS)),
    (None, _inside(_identifiers, Group.IDENTIFIER)),
    (frozenset({"ORDER"}), _inside(_order, Group.IDENTIFIER)),
    (frozenset({"::"}), _infix(CASTS)),
    (frozenset({"TZCAST"}), _infix(TIMEZONE_CASTS)),
    (frozenset({"BUILTIN"}), _infix(TYPED_LITERALS)),
    (frozenset({"BUILTIN"}), _infix(TYPED_LITERALS_EXTENDED)),
    (None, _infix(OPERATIONS)),
    (frozenset({"COMPARISON"}), group_comparisons),
    (None, check_depths),
    (frozenset({"AS"}), _infix(NAMED_AS)),
    (None, _inside(_aliases)),
    (None, check_depths),
    (frozenset({"ASSIGNMENT"}), _infix(ASSIGNMENTS)),
    (frozenset({"COMMENT"}), _inside(_trailing_comments)),
    (None, check_depths),
    (frozenset(","), _infix(IDENTIFIER_LISTS)),
    (frozenset({"VALUES"}), _values),
)
