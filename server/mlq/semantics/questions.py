"""What to ask a store about a filter: how many it matches, and how many each of its clauses does."""

from __future__ import annotations

from mlq_grammar.dialect import Dialect
from mlq_grammar.verdict import Ran
from mlq_grammar.verdict import conditions as conditions_of

from mlq.keys.matches import Predicate, Question, View

_NUMBERS = {"metric", "metrics"}


def question(text: str, dialect: Dialect, view: View = "active") -> Question | None:
    """Return the question how many a filter matches; None where MLflow refuses it, or nobody could say."""
    ran = conditions_of(text, dialect)
    predicates = [_predicate(each) for each in ran] if ran is not None and dialect.exists else [None]
    known = tuple(each for each in predicates if each is not None)
    if len(known) < len(predicates):
        return None
    nan_is_zero = any(family.nan_is_zero for family in dialect.families)
    return Question(text, known, view, nan_is_zero)


def _predicate(ran: Ran) -> Predicate | None:
    """Return a condition as it is asked; None where its value is none of a filter's usual ones."""
    value = ran.value
    if isinstance(value, int) and not isinstance(value, bool) and ran.type in _NUMBERS:
        value = float(value)
    items = value if isinstance(value, tuple) else (value,)
    if all(type(item) in (str, int, float, type(None)) for item in items):
        return Predicate(ran.type, ran.name, ran.comparator, value)
    return None
