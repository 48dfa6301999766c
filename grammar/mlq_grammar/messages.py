"""What is wrong with the shape of a filter: the kinds of syntax errors, and what to say of each."""

from __future__ import annotations

from enum import Enum


class SyntaxKind(Enum):
    """A fault that needs no dialect to be seen; the value is what a person is told first."""

    __hash__ = object.__hash__  # see `Kind`

    BLANK = "the filter holds only white space"
    MISSING_KEY = "there is no key before this operator"
    MISSING_OPERATOR = "this is not a comparison: an operator and a value are missing"
    MISSING_VALUE = "there is no value after this operator"
    UNEXPECTED_TEXT = "this text follows a complete condition"
    MISSPELT_AND = "this joins two conditions and is not spelt AND"
    INTRUDER = "this stands in the middle of a condition"
    CHAIN = "conditions cannot be chained"
    OR = "MLflow has no OR"
    NOT = "MLflow has no NOT before a condition"
    PARENTHESIS = "MLflow has no parentheses round conditions"
    SEPARATOR = "conditions are joined by AND"
    SEMICOLON = "a filter is one expression and takes no semicolon"
    COMMENT = "MLflow reads no comments in filters"
    SQL = "a filter is only the condition, not a whole SQL statement"
    OPEN_STRING = "this quote is never closed"
    TORN_STRING = "this string is ended by a quote inside it"
    CURLY_QUOTES = "typographic quotes do not make a string"
    OPEN_LIST = "this list has no closing parenthesis"
