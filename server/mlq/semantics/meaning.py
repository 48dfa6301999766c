"""What a filter means: which key each clause names, and with what kind of value it compares it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from mlq_grammar.dialect import Dialect, Family, Key
from mlq_grammar.parser import Parse, parse
from mlq_grammar.spans import Span
from mlq_grammar.tree import Atom, AtomKind, Clause, ListValue, Operand, Operator

from mlq.semantics import nouns

ValueKind = Literal["text", "number", "list", "null", "word", "key", "brackets", "function", "expression"]

_NULLS = frozenset({"NULL", "NONE", "NIL"})
_ARITHMETIC = ("+", "-", "*", "/", "%", "^")
_TEXTS = frozenset({AtomKind.STRING, AtomKind.SYMBOL, AtomKind.OPEN, AtomKind.TORN, AtomKind.CURLY})
_QUOTES = "`\"'"
# A function, an operator between spaces, or an operator between two keys.
_EXPRESSION = re.compile(r"\w\(|\s[-+*/%]\s|[-+*/%](?:metrics?|params?|parameters?|tags?|attributes?)\.")


@dataclass(frozen=True, slots=True)
class Subject:
    """The left side of a condition: a prefix and a name, or a bare name.

    `name` is without quotes, `name_span` with them. `family` is None for an unknown prefix, `key` for an
    unknown name. A bare name belongs to the dialect's bare family.
    """

    span: Span
    prefix: str
    prefix_span: Span
    name: str
    name_span: Span
    quote: str
    family: Family | None
    key: Key | None
    is_expression: bool = False  # a function or a calculation

    @property
    def label(self) -> str:
        """How to name the key to a person."""
        return f"{self.prefix}.{self.name}" if self.prefix else self.name


@dataclass(frozen=True, slots=True)
class Value:
    """What a condition compares with; `text` is as written, `content` without quotes."""

    span: Span
    kind: ValueKind
    text: str
    content: str
    items: tuple[Atom, ...] = ()
    is_whole: bool = True  # false for a string that is open or torn: its own rule speaks of it


@dataclass(frozen=True, slots=True)
class Condition:
    """One clause, as far as it could be understood; what is missing is None."""

    clause: Clause
    subject: Subject | None
    operator: Operator | None
    value: Value | None

    @property
    def operator_fits(self) -> bool:
        """Whether the key is known and takes this operator."""
        return bool(
            self.subject
            and self.subject.key
            and self.operator
            and self.operator.name in self.subject.key.comparators
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """A filter, read for one dialect: all conditions of it, or those that are looked at."""

    text: str
    dialect: Dialect
    conditions: tuple[Condition, ...]

    @property
    def parse(self) -> Parse:
        """The tree and its errors."""
        return parse(self.text)

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The usual prefix of each kind of key that has one."""
        return tuple(family.prefixes[0] for family in self.dialect.families if family.prefixes)

    @property
    def open_prefixes(self) -> tuple[str, ...]:
        """The usual prefixes behind which any key may stand."""
        families = (family for family in self.dialect.families if family.keys is None)
        return tuple(family.prefixes[0] for family in families if family.prefixes)

    @property
    def plural(self) -> str:
        """What is searched, as a person says it: `runs`, `MCP servers`."""
        return nouns.plural(self.dialect.entity)

    @property
    def noun(self) -> str:
        """One of what is searched: `a run`, `an MCP server`."""
        noun = nouns.singular(self.dialect.entity)
        return f"an {noun}" if noun[0] in "aeiM" else f"a {noun}"


def resolve(text: str, dialect: Dialect) -> Meaning:
    """Read a filter and find the keys of its clauses in the dialect."""
    return meaning_of(text, dialect, parse(text).tree.clauses)


def meaning_of(text: str, dialect: Dialect, clauses: Iterable[Clause]) -> Meaning:
    """Find the keys of some clauses of a filter in the dialect."""
    return Meaning(text, dialect, tuple(_condition(clause, dialect) for clause in clauses))


def subject(left: Operand, dialect: Dialect) -> Subject:
    """Cut the left side of a clause at its first dot, as MLflow does."""
    text, (start, end) = left.text, left.span
    prefix, dot, name = text.partition(".")
    if dot and not is_quoted(text):
        family = dialect.family(prefix.strip("`"))
    else:
        prefix, name, family = "", text, dialect.bare
    # What stands between prefix and name may have been left out of the text: it is no part of the key.
    name_start = start + len(prefix) + (1 if prefix or text.startswith(".") else 0)
    quote = name[0] if is_quoted(name) else ""
    bare = name[1:-1] if quote else name
    key = family.key(bare) if family and bare else None
    is_expression = not quote and _EXPRESSION.search(text) is not None
    prefix_span, name_span = Span(start, start + len(prefix)), Span(name_start, end)
    return Subject(left.span, prefix, prefix_span, bare, name_span, quote, family, key, is_expression)


def is_quoted(text: str) -> bool:
    """Whether a text is one quoted whole: it starts and ends with the same quote and has none between."""
    return len(text) > 1 and text[0] in _QUOTES and text[0] == text[-1] and text[0] not in text[1:-1]


def _condition(clause: Clause, dialect: Dialect) -> Condition:
    left = subject(clause.left, dialect) if clause.left else None
    comparison = clause.comparison
    if comparison is None:
        return Condition(clause, left, None, None)
    value = None
    if isinstance(comparison.value, ListValue):
        found = comparison.value
        value = Value(found.span, "list", found.text, found.text, found.items, found.is_closed)
    elif comparison.value:
        value = _value(comparison.value, clause.rest, dialect)
    return Condition(clause, left, comparison.operator, value)


def _value(atom: Atom, rest: Operand | None, dialect: Dialect) -> Value:
    if atom.kind in _TEXTS:
        whole = atom.kind in {AtomKind.STRING, AtomKind.SYMBOL}
        content = atom.text[1:] if atom.kind is AtomKind.OPEN else atom.text[1:-1]
        return Value(atom.span, "text", atom.text, content, is_whole=whole)
    if rest and rest.text.startswith(_ARITHMETIC):
        return _joined(atom, rest, "expression")
    if atom.kind is AtomKind.NUMBER:
        return Value(atom.span, "number", atom.text, atom.text)
    word = _joined(atom, rest, "word") if rest else Value(atom.span, "word", atom.text, atom.text)
    if len(word.text) > 1 and word.text[-1] in "'\"" and word.text[0] not in _QUOTES:
        return replace(word, kind="text", content=word.text[:-1], is_whole=False)
    return word if rest else replace(word, kind=_word_kind(atom.text, dialect))


def _joined(atom: Atom, rest: Operand, kind: ValueKind) -> Value:
    text = atom.text + " " * (rest.span.start - atom.span.end) + rest.text
    return Value(atom.span.joined(rest.span), kind, text, text)


def _word_kind(text: str, dialect: Dialect) -> ValueKind:
    if text.upper() in _NULLS:
        return "null"
    if text.startswith("["):
        return "brackets"
    if "(" in text:
        return "function"
    prefix, dot, name = text.partition(".")
    if dot and name and dialect.family(prefix):
        return "key"
    if any(sign in text for sign in ("::", "||", "->")) or text.startswith(_ARITHMETIC):
        return "expression"
    return "word"


def conditions_with(meaning: Meaning, *kinds: ValueKind) -> Iterator[tuple[Condition, Subject, Key, Value]]:
    """Yield the conditions whose key is known, whose operator fits it, and whose value is of these kinds."""
    for condition in meaning.conditions:
        left, value = condition.subject, condition.value
        if condition.operator_fits and left and left.key and value and value.is_whole and value.kind in kinds:
            yield condition, left, left.key, value
