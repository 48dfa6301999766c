"""The kinds of tokens in a filter: sqlparse's, under one name each.

MLflow reads a filter through sqlparse, so its token types decide what a filter means; `lexer.py` makes
exactly these, with offsets.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from mlq_grammar.spans import Span


class Kind(Enum):
    """What a token is; the comment names sqlparse's token type."""

    # Members are compared by identity, and so they are hashed: an enumeration does it by Python code.
    __hash__ = object.__hash__

    SPACE = "space"  # Text.Whitespace, one character
    NEWLINE = "newline"  # Text.Whitespace.Newline
    COMMENT = "comment"  # Comment.Single and Comment.Multiline, hints included
    NAME = "name"  # Name
    PLACEHOLDER = "placeholder"  # Name.Placeholder
    BUILTIN = "builtin"  # Name.Builtin, a type word such as `timestamp`
    KEYWORD = "keyword"  # Keyword
    DML = "keyword.dml"  # Keyword.DML
    DDL = "keyword.ddl"  # Keyword.DDL
    DCL = "keyword.dcl"  # Keyword.DCL
    CTE = "keyword.cte"  # Keyword.CTE
    ORDER = "keyword.order"  # Keyword.Order
    TZCAST = "keyword.tzcast"  # Keyword.TZCast
    INTEGER = "int"  # Number.Integer
    FLOAT = "float"  # Number.Float
    HEX = "hex"  # Number.Hexadecimal
    STRING = "str"  # String.Single, '…'
    SYMBOL = "sym"  # String.Symbol, "…"
    LITERAL = "literal"  # Literal, $tag$…$tag$
    PUNCTUATION = "punct"  # Punctuation
    OPERATOR = "operator"  # Operator
    COMPARISON = "cmp"  # Operator.Comparison
    WILDCARD = "wild"  # Wildcard, *
    ASSIGNMENT = "assign"  # Assignment, :=
    COMMAND = "command"  # Command, \word
    ERROR = "error"  # Error, one character that no rule takes


KEYWORDS = frozenset(
    {Kind.KEYWORD, Kind.DML, Kind.DDL, Kind.DCL, Kind.CTE, Kind.ORDER, Kind.TZCAST},
)
WHITESPACE = frozenset({Kind.SPACE, Kind.NEWLINE})


class Token(NamedTuple):
    """One token; the texts of all tokens of a filter, joined, are the filter."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """Where the token stands."""
        return Span(self.start, self.start + len(self.text))
