"""A plain clause as sqlparse's passes group it, made without any passes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlq_grammar.tokens import Kind
from mlq_grammar.verdict.nodes import Group, Node

if TYPE_CHECKING:
    from mlq_grammar.plain import PlainClause

_SPACE = re.compile(r"\r\n|\s", re.ASCII)
_PART = re.compile(r"`[^`]*`|\"[^\"]*\"|\.|[^.`\"]+")
_MEMBER = re.compile(r"'[^']*'|[, ]")
_KINDS = {"`": Kind.NAME, '"': Kind.SYMBOL, ".": Kind.PUNCTUATION}
_MEMBER_KINDS = {"'": Kind.STRING, ",": Kind.PUNCTUATION, " ": Kind.SPACE}


def grouped(clause: PlainClause) -> list[Node]:
    """Return the nodes that a plain clause makes on a statement's top level: one, or those of IN and IS."""
    text = clause.string
    key = _key(text, *clause.span("left"))
    if clause["null"] is not None:
        return [key, *_words(text, key.end, *clause.span("null"))]
    start, end = clause.span("sign" if clause["sign"] else "word")
    value = _value(clause)
    behind = [*gap(text, end, value.start), value]
    if text[end - 2 : end].upper() == "IN":
        return [key, *_words(text, key.end, start, end), *behind]
    comparator = Node(text, start, end, Kind.COMPARISON, [])
    inside = [key, *gap(text, key.end, start), comparator, *behind]
    return [Node(text, key.start, value.end, Group.COMPARISON, inside)]


def gap(text: str, start: int, end: int) -> list[Node]:
    """Return white space as nodes, a character each."""
    if end - start == 1 and text[start] == " ":
        return [Node(text, start, end, Kind.SPACE, [])]
    return [
        Node(text, *found.span(), Kind.NEWLINE if found[0][0] in "\r\n" else Kind.SPACE, [])
        for found in _SPACE.finditer(text, start, end)
    ]


def _key(text: str, start: int, end: int) -> Node:
    parts = [
        Node(text, *found.span(), _KINDS.get(found[0][0], Kind.NAME), [])
        for found in _PART.finditer(text, start, end)
    ]
    return Node(text, start, end, Group.IDENTIFIER, parts)


def _words(text: str, before: int, start: int, end: int) -> list[Node]:
    """Return white space and `IN`, `NOT IN`, `IS NULL` or `IS NOT NULL`, where NOT NULL is one word."""
    nodes = gap(text, before, start)
    space = text.find(" ", start, end)
    if space != -1:
        nodes += [Node(text, start, space, Kind.KEYWORD, []), Node(text, space, space + 1, Kind.SPACE, [])]
        start = space + 1
    return [*nodes, Node(text, start, end, Kind.KEYWORD, [])]


def _value(clause: PlainClause) -> Node:
    text = clause.string
    _, _, _, _, _, string, symbol, number, *_ = clause.groups()
    if string is not None:
        return Node(text, *clause.span("string"), Kind.STRING, [])
    if symbol is not None:
        span = clause.span("symbol")
        return Node(text, *span, Group.IDENTIFIER, [Node(text, *span, Kind.SYMBOL, [])])
    if number is not None:
        return Node(text, *clause.span("number"), Kind.INTEGER if _is_integer(number) else Kind.FLOAT, [])
    return _list(text, *clause.span("list"))


def _is_integer(number: str) -> bool:
    return "." not in number and "e" not in number and "E" not in number


def _list(text: str, start: int, end: int) -> Node:
    members = [
        Node(text, *found.span(), _MEMBER_KINDS[found[0][0]], [])
        for found in _MEMBER.finditer(text, start + 1, end - 1)
    ]
    if len(members) > 1:
        members = [Node(text, start + 1, end - 1, Group.IDENTIFIERS, members)]
    opening, closing = (
        Node(text, start, start + 1, Kind.PUNCTUATION, []),
        Node(text, end - 1, end, Kind.PUNCTUATION, []),
    )
    return Node(text, start, end, Group.PARENTHESIS, [opening, *members, closing])
