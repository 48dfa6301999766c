"""The passes that group both sides of a token: dots, casts, operators, comparisons, AS, commas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mlq_grammar.tokens import Kind
from mlq_grammar.verdict.limits import MAX_TOKENS, check_depth
from mlq_grammar.verdict.nodes import DELIMITED, KEYWORDS, NUMBERS, Group, Node

if TYPE_CHECKING:
    from collections.abc import Callable

_ATOMS = (*NUMBERS, Kind.STRING, Kind.SYMBOL, Kind.NAME, Kind.PLACEHOLDER)
_UNITS = frozenset({"DAY", "HOUR", "MINUTE", "MONTH", "SECOND", "YEAR"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One pass: which token it looks for, what may stand before and behind, what is made of them.

    `ends` returns the index of the last child that is taken, of the match and what follows it. `max_tokens`
    and `spares_delimiters`, whether the parentheses round a group are no operands, are up to the release.
    """

    made: Group
    matches: Callable[[Node], bool]
    takes_before: Callable[[Node], bool]
    takes_after: Callable[[Node | None], bool]
    ends: Callable[[Node, int, int | None], int | None] = lambda _, __, after: after
    extends: bool = True
    is_deep: bool = True
    takes_left: bool = True
    max_tokens: int = MAX_TOKENS
    spares_delimiters: bool = True


def group_infix(node: Node, rule: Rule, depth: int = 0) -> None:
    """Run a pass over the node and, where the rule says so, over the groups in it.

    The walk goes over the children as they were: after a group is made it continues inside of what was taken,
    so that the last thing taken, not the group, is the left side of the next match.
    """
    check_depth(node, depth, rule.max_tokens)
    taken = 0
    before: Node | None = None
    before_at = 0
    for index, child in enumerate(list(node.children)):
        at = index - taken
        if at < 0 or child.is_space:
            continue
        if rule.is_deep and child.group is not None and child.group is not rule.made:
            group_infix(child, rule, depth + 1)
        if before is not None and rule.matches(child):
            after_at = node.next(at)
            after = None if after_at is None else node.children[after_at]
            if (
                rule.takes_before(before)
                and rule.takes_after(after)
                and not (
                    rule.spares_delimiters and (_is_delimiter(node, before) or _is_delimiter(node, after))
                )
            ):
                first = before_at if rule.takes_left else at
                last = rule.ends(node, at, after_at)
                if last is None:
                    last = at
                before = node.wrap(first, last, rule.made, extend=rule.extends)
                taken += last - first
                before_at = first
                continue
        before_at, before = at, child


def _is_delimiter(node: Node, child: Node | None) -> bool:
    return node.group in DELIMITED and child is not None and child in (node.children[0], node.children[-1])


def _is_there(node: Node | None) -> bool:
    return node is not None


def _always(_: Node | None) -> bool:
    return True


def _one_of(*kinds: Kind | Group | str) -> Callable[[Node | None], bool]:
    """Return a test for tokens of these kinds, groups of these, and these keywords."""
    groups = tuple(kind for kind in kinds if isinstance(kind, Group))
    tokens = tuple(kind for kind in kinds if isinstance(kind, Kind))
    words = tuple(kind for kind in kinds if isinstance(kind, str))

    def test(node: Node | None) -> bool:
        if node is None:
            return False
        if node.group is not None:
            return node.group in groups
        return node.kind in tokens or (node.kind is Kind.KEYWORD and node.upper in words)

    return test


def _is_period(node: Node) -> bool:
    if node.kind is Kind.PUNCTUATION:
        return node.text == "."
    return node.kind is Kind.OPERATOR and node.text in ("->", "->>")


_ends_name = _one_of(Group.BRACKETS, Group.FUNCTION, Kind.NAME, Kind.SYMBOL, Kind.WILDCARD, Kind.STRING)


def _end_of_name(node: Node, at: int, after: int | None) -> int:
    """Let a dot take what can be the rest of a name; else the name ends with the dot."""
    return after if after is not None and _ends_name(node.children[after]) else at


PERIODS = Rule(
    Group.IDENTIFIER,
    _is_period,
    _one_of(Group.BRACKETS, Group.IDENTIFIER, Kind.NAME, Kind.SYMBOL),
    _always,
    _end_of_name,
)

_ends_older_name = _one_of(Group.BRACKETS, Group.FUNCTION, Kind.NAME, Kind.SYMBOL, Kind.WILDCARD)

PERIODS_UNTIL_0_5_0 = replace(
    PERIODS,
    matches=lambda node: node.is_punctuation("."),
    ends=lambda node, at, after: (
        after if after is not None and _ends_older_name(node.children[after]) else at
    ),
)

ARRAYS = Rule(
    Group.IDENTIFIER,
    _one_of(Group.BRACKETS),
    _one_of(Group.BRACKETS, Group.IDENTIFIER, Group.FUNCTION, Kind.NAME, Kind.SYMBOL),
    _always,
    lambda _, at, __: at,
    is_deep=False,
)

CASTS = Rule(Group.IDENTIFIER, lambda node: node.is_punctuation("::"), _is_there, _is_there)

TIMEZONE_CASTS = Rule(Group.IDENTIFIER, _one_of(Kind.TZCAST), _is_there, _one_of("AS", Kind.STRING))

TIMEZONE_CASTS_UNTIL_0_4_3 = replace(TIMEZONE_CASTS, takes_after=_is_there)

TYPED_LITERALS = Rule(
    Group.TYPED_LITERAL,
    _one_of(Kind.BUILTIN, "TIMESTAMP"),
    _is_there,
    _one_of(Kind.STRING),
    extends=False,
    takes_left=False,
)

TYPED_LITERALS_EXTENDED = Rule(
    Group.TYPED_LITERAL, _one_of(Group.TYPED_LITERAL), _is_there, _one_of(*_UNITS), takes_left=False
)


def _is_operator(node: Node) -> bool:
    return node.kind in (Kind.OPERATOR, Kind.WILDCARD)


_is_operand = _one_of(
    *(Group.BRACKETS, Group.PARENTHESIS, Group.FUNCTION, Group.IDENTIFIER, Group.OPERATION),
    *(Group.TYPED_LITERAL, "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"),
    *_ATOMS,
)


def _operation_end(node: Node, at: int, after: int | None) -> int | None:
    node.children[at].kind = Kind.OPERATOR
    return after


OPERATIONS = Rule(Group.OPERATION, _is_operator, _is_operand, _is_operand, _operation_end, extends=False)

_is_comparable = _one_of(
    *(Group.PARENTHESIS, Group.FUNCTION, Group.IDENTIFIER, Group.OPERATION, Group.TYPED_LITERAL, "NULL"),
    *_ATOMS,
)

COMPARISONS = Rule(Group.COMPARISON, _one_of(Kind.COMPARISON), _is_comparable, _is_comparable, extends=False)


def _can_be_renamed(node: Node) -> bool:
    return node.kind not in KEYWORDS or node.upper == "NULL"


def _can_be_alias(node: Node | None) -> bool:
    return node is not None and node.kind not in (Kind.DML, Kind.DDL, Kind.CTE)


NAMED_AS = Rule(Group.IDENTIFIER, _one_of("AS"), _can_be_renamed, _can_be_alias)


def _not_keyword(node: Node | None) -> bool:
    return node is not None and node.kind is not Kind.KEYWORD


def _assignment_end(node: Node, _: int, after: int | None) -> int | None:
    """Let an assignment go on to the next semicolon, if there is one."""
    if ";" not in node.source:
        return after
    start = len(node.children) if after is None else after + 1
    ends = (n for n in range(start, len(node.children)) if node.children[n].is_punctuation(";"))
    return next(ends, after)


ASSIGNMENTS = Rule(Group.ASSIGNMENT, _one_of(Kind.ASSIGNMENT), _not_keyword, _not_keyword, _assignment_end)


def _not_keyword_of_any_kind(node: Node | None) -> bool:
    return node is not None and node.kind not in KEYWORDS


ASSIGNMENTS_UNTIL_0_5_0 = replace(
    ASSIGNMENTS, takes_before=_not_keyword_of_any_kind, takes_after=_not_keyword_of_any_kind
)

_is_listed = _one_of(
    *(Group.FUNCTION, Group.CASE, Group.IDENTIFIER, Group.COMPARISON, Group.IDENTIFIERS, Group.OPERATION),
    *(Kind.KEYWORD, Kind.WILDCARD),
    *_ATOMS,
)

IDENTIFIER_LISTS = Rule(Group.IDENTIFIERS, lambda node: node.is_punctuation(","), _is_listed, _is_listed)
