"""What conditions leave of the values that a key can have."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from mlq_grammar.dialect import Key
from mlq_grammar.tree import Atom, AtomKind

from mlq.rules.topics import number_of
from mlq.semantics.meaning import Condition

Scalar = int | float | str

_QUOTED = frozenset({AtomKind.STRING, AtomKind.SYMBOL})


@dataclass(frozen=True, slots=True)
class Allowed:
    """The values between `low` and `high` that are among `values` (if given) and not excluded.

    An open end is not allowed itself. `may_lack` tells whether the key may be missing.
    """

    low: float = -inf
    low_is_open: bool = False
    high: float = inf
    high_is_open: bool = False
    values: frozenset[Scalar] | None = None
    excluded: frozenset[Scalar] = frozenset()
    may_lack: bool = False
    may_have: bool = True

    def both(self, other: Allowed) -> Allowed:
        """Return what the conditions of both leave."""
        low, low_is_open = max((self.low, self.low_is_open), (other.low, other.low_is_open))
        high, high_is_closed = min((self.high, not self.high_is_open), (other.high, not other.high_is_open))
        values = self.values
        if other.values is not None:
            values = other.values if values is None else values & other.values
        return Allowed(
            low,
            low_is_open,
            high,
            not high_is_closed,
            values,
            self.excluded | other.excluded,
            self.may_lack and other.may_lack,
            self.may_have and other.may_have,
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left."""
        return not self.may_lack and not (self.may_have and self._has_value())

    def _has_value(self) -> bool:
        if self.values is not None:
            return any(self._holds(value) for value in self.values)
        if self.low == self.high:
            return not (self.low_is_open or self.high_is_open) and self.low not in self.excluded
        return self.low < self.high

    def _holds(self, value: Scalar) -> bool:
        if value in self.excluded:
            return False
        if isinstance(value, str):
            return True
        above = value > self.low or (value == self.low and not self.low_is_open)
        below = value < self.high or (value == self.high and not self.high_is_open)
        return above and below


def allowed(condition: Condition) -> Allowed | None:
    """Return what a condition with a known key leaves; None where it cannot be told."""
    operator = condition.operator.name if condition.operator else ""
    if operator == "IS NULL":
        return Allowed(may_lack=True, may_have=False)
    if operator == "IS NOT NULL":
        return Allowed()
    values = _values(condition)
    if not values:
        return None
    if operator in {"=", "IN"}:
        return Allowed(values=values)
    if operator in {"!=", "NOT IN"}:
        return Allowed(excluded=values)
    [value, *_] = values
    return _range(operator, value) if not isinstance(value, str) else None


def _range(operator: str, value: float) -> Allowed | None:
    if operator in {">", ">="}:
        return Allowed(low=value, low_is_open=operator == ">")
    if operator in {"<", "<="}:
        return Allowed(high=value, high_is_open=operator == "<")
    return None


def _values(condition: Condition) -> frozenset[Scalar]:
    """Return the values that a condition names, if they are of the kind that its key has."""
    value, key = condition.value, condition.subject.key if condition.subject else None
    if value is None or key is None or not value.is_whole:
        return frozenset()
    if value.kind == "number" and key.value == "number":
        number = number_of(value.text)
        return frozenset() if number is None else frozenset({number})
    if value.kind == "text" and key.value == "text":
        return frozenset({_as_compared(value.content, key)})
    if value.kind == "list" and key.value == "text" and all(map(_is_plain, value.items)):
        return frozenset(_as_compared(item.text[1:-1], key) for item in value.items)
    return frozenset()


def _as_compared(text: str, key: Key) -> str:
    """Return a text as the store compares it: experiments are numbers, however they are written."""
    if "experiment-id" not in key.checks.in_store:
        return text
    try:
        return str(int(text))
    except ValueError:
        return text


def _is_plain(item: Atom) -> bool:
    """Whether a list's item is read as it stands."""
    return item.kind in _QUOTED and "\\" not in item.text
