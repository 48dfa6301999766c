"""From a text to its tree and its syntax errors. Never fails: every text has both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from mlq_grammar.messages import SyntaxKind
from mlq_grammar.plain import plain_clauses, tree_of
from mlq_grammar.spans import Span
from mlq_grammar.tree import Atom, AtomKind, Clause, Filter, Joint, JointKind, ListValue, Stray, StrayKind


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
    """What a text was read as; `is_plain` tells whether by the short way."""

    text: str
    tree: Filter
    errors: tuple[SyntaxFault, ...]
    is_plain: bool = field(default=False, compare=False)


@lru_cache(maxsize=512)
def parse(text: str) -> Parse:
    """Read a filter; good clauses beside a bad one keep their meaning."""
    clauses = plain_clauses(text)
    if clauses:
        return Parse(text, tree_of(clauses, text), (), is_plain=True)
    return _parse(text, plain=True)


def parse_by_lark(text: str) -> Parse:
    """Read a filter the same, by the long way."""
    return _parse(text, plain=False)


def _parse(text: str, *, plain: bool) -> Parse:
    from mlq_grammar.builder import build  # lark loads when it is needed

    tree = build(text, plain=plain)
    return Parse(text, tree, tuple(sorted(_faults(tree, text), key=lambda fault: fault.span)))


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
