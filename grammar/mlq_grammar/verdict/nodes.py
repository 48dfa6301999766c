"""The nodes of the tree that MLflow gets from sqlparse: tokens, and groups of nodes."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span
from mlq_grammar.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlq_grammar.tokens import Token


class Group(Enum):
    """What a group of nodes is; the names are those of sqlparse's classes."""

    STATEMENT = "Statement"
    COMMENT = "Comment"
    BRACKETS = "SquareBrackets"
    PARENTHESIS = "Parenthesis"
    CASE = "Case"
    IF = "If"
    FOR = "For"
    BEGIN = "Begin"
    OVER = "Over"
    FUNCTION = "Function"
    WHERE = "Where"
    IDENTIFIER = "Identifier"
    TYPED_LITERAL = "TypedLiteral"
    OPERATION = "Operation"
    COMPARISON = "Comparison"
    ASSIGNMENT = "Assignment"
    IDENTIFIERS = "IdentifierList"
    VALUES = "Values"


# Tuples: members of an enumeration are found by identity, but hashed by Python code, which is slower.
DELIMITED = (Group.PARENTHESIS, Group.BRACKETS, Group.CASE, Group.IF, Group.FOR, Group.BEGIN)
"""Groups whose first and last node are delimiters: no pass takes these for an operand."""

NUMBERS = (Kind.INTEGER, Kind.FLOAT)
KEYWORDS = (Kind.KEYWORD, Kind.DML, Kind.DDL, Kind.DCL, Kind.CTE, Kind.ORDER, Kind.TZCAST)


class Node:
    """A token, with `kind`, or a group, with `group` and `children`; `upper` is a keyword in capitals.

    The passes change nodes in place: a tree belongs to one reading of one filter.
    """

    __slots__ = ("children", "end", "group", "is_space", "kind", "source", "start", "upper")

    def __init__(self, source: str, start: int, end: int, what: Kind | Group, children: list[Node]) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.children = children
        self.kind = what if isinstance(what, Kind) else None
        self.group = what if isinstance(what, Group) else None
        self.is_space = what is Kind.SPACE or what is Kind.NEWLINE
        self.upper = source[start:end].upper() if what in KEYWORDS else ""

    @property
    def text(self) -> str:
        """The node as written."""
        return self.source[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where the node stands."""
        return Span(self.start, self.end)

    def is_keyword(self, *words: str) -> bool:
        """Whether this is one of the keywords; sub-kinds of keywords, such as DML, are not meant."""
        return self.kind is Kind.KEYWORD and self.upper in words

    def is_punctuation(self, text: str) -> bool:
        """Whether this is the punctuation mark."""
        return self.kind is Kind.PUNCTUATION and self.text == text

    def wrap(self, first: int, last: int, group: Group, *, extend: bool = False) -> Node:
        """Put the children `first` to `last` into a group, or into the first one if it is such a group."""
        children = self.children
        taken = children[first : last + 1]
        head = taken[0]
        if extend and head.group is group:
            head.absorb(taken[1:])
            del children[first + 1 : last + 1]
            return head
        made = Node(self.source, head.start, taken[-1].end, group, taken)
        children[first : last + 1] = [made]
        return made

    def absorb(self, nodes: list[Node]) -> None:
        """Take the nodes that follow as last children."""
        self.children.extend(nodes)
        if nodes:
            self.end = nodes[-1].end

    def next(self, index: int) -> int | None:
        """Return the index of the next child that is not white space."""
        children = self.children
        for at in range(index + 1, len(children)):
            if not children[at].is_space:
                return at
        return None

    def previous(self, index: int) -> int | None:
        """Return the index of the child before that is not white space."""
        for at in range(index - 1, -1, -1):
            if not self.children[at].is_space:
                return at
        return None


def statement(source: str, tokens: Iterable[Token]) -> Node:
    """Make the flat tree of a statement's tokens, of which there is at least one."""
    leaves = [Node(source, token.start, token.end, token.kind, []) for token in tokens]
    return Node(source, leaves[0].start, leaves[-1].end, Group.STATEMENT, leaves)
