"""What to ask a store about a filter: how many it matches, and how many each of its clauses does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mlq_grammar.dialect import Dialect
from mlq_grammar.verdict import Ran
from mlq_grammar.verdict import conditions as conditions_of

from mlq.keys.matches import Predicate, Question, View
from mlq.semantics.meaning import Condition, Meaning

MOST_PARTS = 20
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


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of a filter: the question of it alone, and of the filter without it, if anything is left."""

    condition: Condition
    alone: Question
    others: Question | None


def parts(meaning: Meaning, whole: Question) -> tuple[Part, ...]:
    """Return the clauses of a filter; none where these are not what is run, or too many to ask of each."""
    if len(meaning.conditions) > MOST_PARTS:
        return ()
    found = tuple(_parts(meaning))
    predicates = [each for part in found for each in part.alone.predicates]
    return found if tuple(predicates) == whole.predicates else ()


def _parts(meaning: Meaning) -> Iterator[Part]:
    texts = [condition.clause.span.of(meaning.text) for condition in meaning.conditions]
    for at, condition in enumerate(meaning.conditions):
        alone = question(texts[at], meaning.dialect)
        if alone is None:
            return
        rest = " AND ".join(texts[:at] + texts[at + 1 :])
        yield Part(condition, alone, question(rest, meaning.dialect) if rest else None)
