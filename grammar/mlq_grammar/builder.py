"""The long way to the tree of a filter, for any text: lark puts the terminals of `terminals.py` together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.lexer import Lexer

from mlq_grammar.cursor import Terminal
from mlq_grammar.mending import with_rests, with_spelt_joints, without_intruders
from mlq_grammar.spans import Span
from mlq_grammar.terminals import terminals
from mlq_grammar.tree import Atom, Clause, Comparison, Filter, ListValue, Operand, Operator, Value


def build(text: str, *, plain: bool = True) -> Filter:
    """Return the tree of any text; unless `plain`, lark reads plain clauses too."""
    return _Builder(text).filter_of(terminals(text, plain=plain))


class _TerminalLexer(Lexer):
    """Hands terminals to lark."""

    def __init__(self, _configuration: object) -> None:
        pass

    def lex(self, made: list[Terminal]) -> Iterator[Token]:  # type: ignore[override]  # lark passes on what it gets
        for kind, leaf in made:
            token = Token(kind, "")
            token.value = leaf
            yield token


@cache
def _grammar() -> Lark:
    return Lark.open_from_package(
        "mlq_grammar", "filter.lark", parser="lalr", lexer=_TerminalLexer, start="filter"
    )


class _Builder(Transformer[Token, Any]):
    """Makes the tree's nodes from lark's."""

    def __init__(self, text: str) -> None:
        super().__init__(visit_tokens=False)
        self.text = text

    def filter_of(self, made: list[Terminal]) -> Filter:
        tree: Filter = self.transform(_grammar().parse(made))
        return tree

    def filter(self, children: list[Any]) -> Filter:
        parts = [child.value if isinstance(child, Token) else child for child in children]
        parts, intruders = without_intruders(parts)
        parts, misspelt = with_spelt_joints(parts)
        whole = Span(0, len(self.text))
        return Filter(whole, tuple(with_rests(parts)), tuple(intruders), tuple(misspelt))

    def clause(self, children: list[Any]) -> Clause:
        left, *comparisons = children
        return Clause(Span(left.span.start, children[-1].span.end), left, tuple(comparisons))

    def orphan(self, comparisons: list[Comparison]) -> Clause:
        return Clause(Span(comparisons[0].span.start, comparisons[-1].span.end), None, tuple(comparisons))

    def operand(self, children: list[Token]) -> Operand:
        return _operand(tuple(child.value for child in children), self.text)

    def comparison(self, children: list[Any]) -> Comparison:
        leaves = [child.value if isinstance(child, Token) else child for child in children]
        operators = [leaf for leaf in leaves if isinstance(leaf, Operator)]
        values: list[Value] = [leaf for leaf in leaves if isinstance(leaf, (Atom, ListValue))]
        span = Span(leaves[0].span.start if hasattr(leaves[0], "span") else leaves[0].start, _end(leaves[-1]))
        return Comparison(span, _operator(operators, self.text), *values)

    def list(self, children: list[Token]) -> ListValue:
        opening, *items, closing = [child.value for child in children]
        span = Span(opening.start, closing.end)
        return ListValue(span, tuple(items), span.of(self.text), closing.start < closing.end)


def _end(leaf: Any) -> int:
    end: int = leaf.end if isinstance(leaf, Span) else leaf.span.end
    return end


def _operand(atoms: tuple[Atom, ...], text: str) -> Operand:
    span = Span(atoms[0].span.start, atoms[-1].span.end)
    return Operand(span, atoms, span.of(text))


def _operator(operators: list[Operator], text: str) -> Operator:
    """Several operators in a row are one that is misspelt: `> =`."""
    if len(operators) == 1:
        return operators[0]
    span = Span(operators[0].span.start, operators[-1].span.end)
    return Operator(span, " ".join(operator.name for operator in operators), span.of(text))
