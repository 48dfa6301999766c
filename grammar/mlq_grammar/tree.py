"""The tree of a filter as its writer meant it: spans and spellings, no semantics.

    a filter     parts: clauses, and what stands between them
    a clause     left  comparison*  rest          metrics.auc > 0.9
    comparison   operator  value  upper           BETWEEN has an upper value
    a list       ( atoms )                        run_id IN ('a', 'b')

Every text has a tree. What is missing is None, what is too much has a place of its own (`rest`, `Stray`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from mlq_grammar.spans import Span


class AtomKind(Enum):
    """What an atom looks like."""

    __hash__ = object.__hash__  # see `Kind`

    WORD = "word"  # metrics.auc, `run name`, FINISHED, NULL, lower(x)
    NUMBER = "number"  # anything that a person calls a number, 1e+5 and 10_000 included
    STRING = "string"  # '…'
    SYMBOL = "symbol"  # "…", a string for MLflow where a value stands, a name where a key stands
    TORN = "torn"  # 'it's': a string torn by a quote of its own kind
    OPEN = "open"  # 'it …: the quote is never closed
    CURLY = "curly"  # typographic quotes


class JointKind(Enum):
    """What joins two clauses; MLflow has only AND."""

    __hash__ = object.__hash__  # see `Kind`

    AND = "AND"
    OR = "OR"
    AMPERSAND = "&&"
    COMMA = ","
    SEMICOLON = ";"


class StrayKind(Enum):
    """What has no place in a filter."""

    __hash__ = object.__hash__  # see `Kind`

    NOT = "NOT"
    COMMENT = "comment"
    OPEN_PARENTHESIS = "("
    CLOSE_PARENTHESIS = ")"
    SQL = "SQL"


@dataclass(frozen=True, slots=True)
class Atom:
    """One word, number or string, without white space around it."""

    span: Span
    kind: AtomKind
    text: str


@dataclass(frozen=True, slots=True)
class Operand:
    """The left side of a clause, as written: several atoms where a key has spaces and no quotes."""

    span: Span
    atoms: tuple[Atom, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ListValue:
    """A list in parentheses; `is_closed` is false where the closing one is missing."""

    span: Span
    items: tuple[Atom, ...]
    text: str
    is_closed: bool


Value = Atom | ListValue


@dataclass(frozen=True, slots=True)
class Operator:
    """A comparator; `name` is upper-cased with single spaces (`IS NOT NULL`), `text` is as written."""

    span: Span
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """An operator and what it compares with; null tests have no value."""

    span: Span
    operator: Operator
    value: Value | None = None
    upper: Value | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition. More than one comparison is a chain such as `0 < metrics.auc < 1`."""

    span: Span
    left: Operand | None
    comparisons: tuple[Comparison, ...] = ()
    rest: Operand | None = None

    @property
    def comparison(self) -> Comparison | None:
        """The first comparison, nearly always the only one."""
        return self.comparisons[0] if self.comparisons else None


@dataclass(frozen=True, slots=True)
class Joint:
    """A word or sign between two clauses."""

    span: Span
    kind: JointKind


@dataclass(frozen=True, slots=True)
class Stray:
    """Something between clauses that joins nothing."""

    span: Span
    kind: StrayKind


Part = Clause | Joint | Stray


@dataclass(frozen=True, slots=True)
class Filter:
    """A whole filter, in the order of the text.

    The intruders stand within clauses; the misspelt joints are among the parts.
    """

    span: Span
    parts: tuple[Part, ...] = ()
    intruders: tuple[Joint | Stray, ...] = ()
    misspelt: tuple[Joint, ...] = ()

    @property
    def clauses(self) -> Iterator[Clause]:
        """The conditions alone."""
        return (part for part in self.parts if isinstance(part, Clause))
