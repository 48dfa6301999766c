"""What stands out in the conditions of a filter, as far as it decides which rules are asked."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from mlq.semantics.meaning import Condition


class Trait(Enum):
    """A trait of a condition."""

    __hash__ = object.__hash__  # see `mlq_grammar.tokens.Kind`

    UNKNOWN = "a key that is not known, or none"
    MISFIT = "an operator that the key does not take"
    NUMBER = "a number for a value"
    TEXT = "a text for a value"
    WORD = "a value that is no text, number or list"
    BROKEN = "a value with a quote or a parenthesis missing"


_OF_VALUES = {"number": Trait.NUMBER, "text": Trait.TEXT, "list": None}


def traits(conditions: Iterable[Condition]) -> set[Trait]:
    """Return the traits of the conditions."""
    found: set[Trait] = set()
    for condition in conditions:
        value = condition.value
        if not condition.subject or not condition.subject.key:
            found.add(Trait.UNKNOWN)
        if condition.operator and not condition.operator_fits:
            found.add(Trait.MISFIT)
        trait = _OF_VALUES.get(value.kind, Trait.WORD) if value else None
        if trait:
            found.add(trait)
        if value and not value.is_whole:
            found.add(Trait.BROKEN)
    return found
