"""The clauses that MLflow puts together itself, since sqlparse does not: IN, NOT IN, IS NULL, IS NOT NULL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span
from mlq_grammar.tokens import Kind
from mlq_grammar.verdict.nodes import Group, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMERIC = frozenset({">", ">=", "!=", "=", "<", "<="})


@dataclass(frozen=True, slots=True)
class Comparison:
    """A clause: `count` is its number of parts, white space not counted; no `right` means IS [NOT] NULL."""

    left: Node
    comparator: str
    comparator_span: Span
    right: Node | None
    count: int
    span: Span
    text: str


def comparisons(statement: Node) -> Iterator[Node | Comparison]:
    """Yield a statement's top level as sqlparse grouped it; white space is left out."""
    for node in statement.children:
        if node.group is Group.COMPARISON:
            yield _grouped(node)
        elif not node.is_space:
            yield node


def joined(statement: Node, joins: tuple[str, ...]) -> Iterator[Node | Comparison]:
    """Yield a statement's top level, IN and IS clauses joined as far as `joins` allows.

    The scan is MLflow's: an identifier that opens no such clause takes the two or three nodes behind it
    along, and a clause that begins there is missed.
    """
    nodes = [node for node in statement.children if not node.is_space]
    at = 0
    while at < len(nodes):
        if len(nodes) - at < 3:
            yield from map(_plain, nodes[at:])
            return
        if (
            "TIMESTAMP" in joins
            and nodes[at].kind is Kind.BUILTIN
            and nodes[at].text in ("timestamp", "timestamp_ms")
        ):
            taken = _timestamp(nodes[at : at + 3])
            yield from taken
            at += 3
        elif nodes[at].group is not Group.IDENTIFIER:
            yield _plain(nodes[at])
            at += 1
        else:
            found, length = _joined(nodes, at, joins)
            if found is not None:
                yield found
            else:
                yield from map(_plain, nodes[at : at + length])
            at += length


def _joined(nodes: list[Node], at: int, joins: tuple[str, ...]) -> tuple[Comparison | None, int]:
    """Return the clause that an identifier opens, if it opens one, and the number of nodes used up."""
    first, second, third = nodes[at : at + 3]
    if "IN" in joins and second.is_keyword("IN") and third.group is Group.PARENTHESIS:
        return _of(first, second.text, second.span, third), 3
    if "NULL" in joins and second.is_keyword("IS") and _is_null(third):
        comparator = "IS NULL" if third.upper == "NULL" else "IS NOT NULL"
        return _of(first, comparator, second.span.joined(third.span), None), 3
    if len(nodes) - at < 4:
        return None, 3
    fourth = nodes[at + 3]
    if (
        "IN" in joins
        and second.is_keyword("NOT")
        and third.is_keyword("IN")
        and fourth.group is Group.PARENTHESIS
    ):
        return _of(first, "NOT IN", second.span.joined(third.span), fourth), 4
    return None, 4


def _is_null(node: Node) -> bool:
    return node.is_keyword("NULL", "NOT NULL")


def _timestamp(nodes: list[Node]) -> list[Node | Comparison]:
    """Join `timestamp`, a type word to sqlparse, with a comparison to an integer; else list it twice."""
    first, second, third = nodes
    if second.kind is Kind.COMPARISON and second.text in _NUMERIC and third.kind is Kind.INTEGER:
        return [_of(first, second.text, second.span, third)]
    return [first, second, _plain(third), first]


def _plain(node: Node) -> Node | Comparison:
    return _grouped(node) if node.group is Group.COMPARISON else node


def _grouped(node: Node) -> Comparison:
    parts = [part for part in node.children if not part.is_space]
    comparator = parts[1]
    return Comparison(parts[0], comparator.text, comparator.span, parts[2], len(parts), node.span, node.text)


def _of(first: Node, comparator: str, comparator_span: Span, last: Node | None) -> Comparison:
    end = comparator_span.end if last is None else last.end
    text = first.text + comparator + ("" if last is None else last.text)
    span = Span(first.start, end)
    return Comparison(first, comparator, comparator_span, last, 2 if last is None else 3, span, text)
