"""How many runs or the like a filter matches: what is asked of a store, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

View = Literal["active", "deleted"]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A condition as MLflow's store has it: a key of a type, compared with a value.

    `value` is a text, a number, a tuple of texts, or None for IS [NOT] NULL.
    """

    type: str
    name: str
    comparator: str
    value: Any


@dataclass(frozen=True, slots=True)
class Question:
    """Asks how many of the active or deleted ones a filter matches.

    A server is asked by the text, a database by the predicates that MLflow makes of it. `nan_is_zero` tells
    that the MLflow which judges takes a metric that is no number for 0.
    """

    filter: str
    predicates: tuple[Predicate, ...]
    view: View = "active"
    nan_is_zero: bool = False

    def to_json(self) -> list[Any]:
        """Return the question as JSON data."""
        predicates = [[each.type, each.name, each.comparator, each.value] for each in self.predicates]
        return [self.filter, predicates, self.view, self.nan_is_zero]

    @classmethod
    def from_json(cls, data: Any) -> Question:
        """Return the question that `to_json` described. Raises `ValueError` for data of another shape."""
        try:
            text, predicates, view, nan_is_zero = data
            return cls(str(text), tuple(map(_predicate_from_json, predicates)), view, bool(nan_is_zero))
        except (TypeError, ValueError) as error:
            raise ValueError("this is no question about a filter") from error


@dataclass(frozen=True, slots=True)
class Count:
    """So many match, or at least so many where it `is_exact` not.

    `newest` is when the newest of them began, in milliseconds since 1970; None where that is not known.
    """

    number: int
    is_exact: bool = True
    newest: int | None = None

    def to_json(self) -> list[Any]:
        """Return the count as JSON data."""
        return [self.number, self.is_exact, self.newest]

    @classmethod
    def from_json(cls, data: Any) -> Count | None:
        """Return the count that `to_json` described. Raises `ValueError` for data of another shape."""
        if data is None:
            return None
        try:
            number, is_exact, newest = data
            return cls(int(number), bool(is_exact), None if newest is None else int(newest))
        except (TypeError, ValueError) as error:
            raise ValueError("this is no count") from error


Counts = Mapping[Question, Count | None]
"""What a store has said, None where it cannot tell; what is not in it, it was not asked."""


def _predicate_from_json(data: Any) -> Predicate:
    type_, name, comparator, value = data
    return Predicate(
        str(type_), str(name), str(comparator), tuple(value) if isinstance(value, list) else value
    )
