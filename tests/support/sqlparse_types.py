"""sqlparse's token types as our kinds."""

from __future__ import annotations

from mlq_grammar.tokens import Kind
from sqlparse import tokens as types

_KINDS = {
    types.Whitespace: Kind.SPACE,
    types.Newline: Kind.NEWLINE,
    types.Name: Kind.NAME,
    types.Name.Placeholder: Kind.PLACEHOLDER,
    types.Name.Builtin: Kind.BUILTIN,
    types.Keyword: Kind.KEYWORD,
    types.DML: Kind.DML,
    types.DDL: Kind.DDL,
    types.Keyword.DCL: Kind.DCL,
    types.CTE: Kind.CTE,
    types.Keyword.Order: Kind.ORDER,
    types.Keyword.TZCast: Kind.TZCAST,
    types.Number.Integer: Kind.INTEGER,
    types.Number.Float: Kind.FLOAT,
    types.Number.Hexadecimal: Kind.HEX,
    types.String.Single: Kind.STRING,
    types.String.Symbol: Kind.SYMBOL,
    types.Literal: Kind.LITERAL,
    types.Punctuation: Kind.PUNCTUATION,
    types.Operator: Kind.OPERATOR,
    types.Comparison: Kind.COMPARISON,
    types.Wildcard: Kind.WILDCARD,
    types.Assignment: Kind.ASSIGNMENT,
    types.Command: Kind.COMMAND,
    types.Error: Kind.ERROR,
}


def kind_of(type_: object) -> Kind:
    """Return our kind for a token type of sqlparse; every comment is one kind."""
    return Kind.COMMENT if type_ in types.Comment else _KINDS[type_]
