"""From a text to its tree and its syntax errors. Never fails: every text has both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.lexer import Lexer

from mlq_grammar.mending import with_rests, with_spelt_joints, without_intruders
from mlq_grammar.messages import SyntaxKind
from mlq_grammar.spans import Span
from mlq_grammar.terminals import terminals
from mlq_grammar.tree import (
    Atom,
    AtomKind,
    Clause,
    Comparison,
    Filter,
    Joint,
    JointKind,
    ListValue,
    Operand,
    Operator,
    Stray,
    StrayKind,
    Value,
)


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """A syntax error: its kind and the narrowest span that shows it."""

    kind: SyntaxKind
    span: Span

    @property
    def message(self) -> str:
        """What to tell a person."""
        return self.kind.value


@dataclass(frozen=True, slots=True)
class Parse:
    """What a text was read as."""

    text: str
    tree: Filter
    errors: tuple[SyntaxFault, ...]


@lru_cache(maxsize=512)
def parse(text: str) -> Parse:
    """Read a filter; good clauses beside a bad one keep their meaning."""
    tree = _Builder(text).transform_text(text)
    return Parse(text, tree, tuple(sorted(_faults(tree, text), key=lambda fault: fault.span)))


class _TerminalLexer(Lexer):
    """Hands the terminals of `terminals.py` to lark."""

    def __init__(self, _configuration: object) -> None:
        pass

    def lex(self, text: str) -> Iterator[Token]:  # type: ignore[override]  # lark passes a plain lexer the text
        for kind, leaf in terminals(text):
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

    def transform_text(self, text: str) -> Filter:
        tree: Filter = self.transform(_grammar().parse(text))
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


# Syntax errors

_STRAYS = {
    StrayKind.NOT: SyntaxKind.NOT,
    StrayKind.COMMENT: SyntaxKind.COMMENT,
    StrayKind.OPEN_PARENTHESIS: SyntaxKind.PARENTHESIS,
    StrayKind.CLOSE_PARENTHESIS: SyntaxKind.PARENTHESIS,
    StrayKind.SQL: SyntaxKind.SQL,
}
_JOINTS = {
    JointKind.OR: SyntaxKind.OR,
    JointKind.AMPERSAND: SyntaxKind.SEPARATOR,
    JointKind.COMMA: SyntaxKind.SEPARATOR,
    JointKind.SEMICOLON: SyntaxKind.SEMICOLON,
}
_BROKEN_ATOMS = {
    AtomKind.OPEN: SyntaxKind.OPEN_STRING,
    AtomKind.TORN: SyntaxKind.TORN_STRING,
    AtomKind.CURLY: SyntaxKind.CURLY_QUOTES,
}


def _faults(tree: Filter, text: str) -> Iterator[SyntaxFault]:
    if text and not tree.parts:
        yield SyntaxFault(SyntaxKind.BLANK, tree.span)
    for intruder in tree.intruders:
        yield SyntaxFault(SyntaxKind.INTRUDER, intruder.span)
    for joint in tree.misspelt:
        yield SyntaxFault(SyntaxKind.MISSPELT_AND, joint.span)
    for part in tree.parts:
        if isinstance(part, Stray):
            yield SyntaxFault(_STRAYS[part.kind], part.span)
        elif isinstance(part, Joint):
            if part.kind is not JointKind.AND:
                yield SyntaxFault(_JOINTS[part.kind], part.span)
        else:
            yield from _clause_faults(part)


def _clause_faults(clause: Clause) -> Iterator[SyntaxFault]:
    if clause.left is None:
        yield SyntaxFault(SyntaxKind.MISSING_KEY, clause.comparisons[0].operator.span)
    elif not clause.comparisons:
        yield SyntaxFault(SyntaxKind.MISSING_OPERATOR, clause.span)
    if len(clause.comparisons) > 1:
        yield SyntaxFault(SyntaxKind.CHAIN, clause.span)
        return
    for comparison in clause.comparisons:
        if comparison.value is None and not comparison.operator.name.endswith("NULL"):
            yield SyntaxFault(SyntaxKind.MISSING_VALUE, comparison.operator.span)
    yield from _rest_faults(clause)
    for atom in _atoms(clause):
        if atom.kind in _BROKEN_ATOMS:
            yield SyntaxFault(_BROKEN_ATOMS[atom.kind], atom.span)
    for comparison in clause.comparisons:
        if isinstance(comparison.value, ListValue) and not comparison.value.is_closed:
            yield SyntaxFault(SyntaxKind.OPEN_LIST, comparison.value.span)


def _rest_faults(clause: Clause) -> Iterator[SyntaxFault]:
    """Text behind a value is a fault, unless the value is a bare word or a sum that it continues."""
    if clause.rest is None:
        return
    value = clause.comparisons[-1].value
    continues = isinstance(value, Atom) and value.kind is AtomKind.WORD
    if not continues and not clause.rest.text.startswith(("+", "-", "*", "/", "%", "^")):
        yield SyntaxFault(SyntaxKind.UNEXPECTED_TEXT, clause.rest.span)


def _atoms(clause: Clause) -> Iterator[Atom]:
    if clause.left:
        yield from clause.left.atoms
    for comparison in clause.comparisons:
        for value in (comparison.value, comparison.upper):
            if isinstance(value, ListValue):
                yield from value.items
            elif value is not None:
                yield value
    if clause.rest:
        yield from clause.rest.atoms
