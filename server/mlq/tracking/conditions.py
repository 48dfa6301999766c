"""Writes the conditions of a filter in SQL, as MLflow's own store would for the same database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mlq.keys.matches import Predicate, Question
from mlq.tracking.products import Product
from mlq.tracking.searches import IS_PROMPT, Place, Searched

_NULL_TESTS = ("IS NULL", "IS NOT NULL")
_ROWS = "{sign} (SELECT 1 FROM {source} WHERE {where})"
_NO_PROMPT = "e.name NOT IN (SELECT t.name FROM {table} AS t WHERE {where})"


class UnknownConditionError(Exception):
    """Raised for a condition of which it is not known here what MLflow makes of it."""


@dataclass(frozen=True, slots=True)
class Sql:
    """A condition with the values of its marks."""

    text: str
    values: tuple[Any, ...] = ()


def all_of(conditions: Iterable[Sql]) -> Sql:
    """Join conditions with AND."""
    conditions = list(conditions)
    text = " AND ".join(condition.text for condition in conditions) or "1 = 1"
    return Sql(text, tuple(value for condition in conditions for value in condition.values))


def one_of(product: Product, column: str, values: Sequence[Any]) -> Sql:
    """Return that a column has one of these values, of which there is at least one."""
    return Sql(f"{column} IN ({', '.join([product.mark] * len(values))})", tuple(values))


def conditions(product: Product, searched: Searched, question: Question) -> Iterator[Sql]:
    """Yield the conditions of a question; raises `UnknownConditionError`."""
    for predicate in question.predicates:
        yield _condition(product, searched, predicate, question)
    if searched.prompts:
        yield from _without_prompts(product, searched.prompts, question.predicates)


def _condition(product: Product, searched: Searched, predicate: Predicate, question: Question) -> Sql:
    place = searched.place(predicate.type, predicate.name)
    if place is None or (predicate.value is None) != (predicate.comparator in _NULL_TESTS):
        raise UnknownConditionError
    if not place.source:
        if predicate.value is None:
            return Sql(f"{place.value} {predicate.comparator}")
        return _compared(product, place.value, predicate.comparator, predicate.value)
    nan = "" if question.nan_is_zero else place.is_nan
    inside = all_of([Sql(place.tie), *_row(product, place, predicate, nan)])
    sign = "NOT EXISTS" if predicate.comparator == "IS NULL" else "EXISTS"
    return Sql(_ROWS.format(sign=sign, source=place.source, where=inside.text), inside.values)


def _row(product: Product, place: Place, predicate: Predicate, is_nan: str) -> Iterator[Sql]:
    """Yield the conditions on the row of a key."""
    name = place.named or predicate.name
    if predicate.value is None:
        # Here MLflow compares names as the database does.
        yield Sql(f"{place.key} = {product.mark}", (name,))
        return
    if place.key:
        yield _compared(product, place.key, "=", name)
    compared = _compared(product, place.value, predicate.comparator, predicate.value)
    if not is_nan:
        yield compared
    elif predicate.comparator == "!=":
        yield Sql(f"({compared.text} OR {is_nan})", compared.values)
    else:
        # What is no number is kept as 0.
        yield Sql(f"({compared.text} AND NOT {is_nan})", compared.values)


def _compared(product: Product, column: str, comparator: str, value: Any) -> Sql:
    values = value if isinstance(value, tuple) else (value,)
    marks = ", ".join([product.mark] * len(values))
    right = f"({marks})" if isinstance(value, tuple) else marks
    is_text = all(isinstance(each, str) for each in values)
    template = product.comparisons.get(comparator) if is_text else None
    if template is None:
        return Sql(f"{column} {comparator} {right}", values)
    return Sql(template.format(column=column, value=right), values * template.count("{value}"))


def _without_prompts(product: Product, table: str, predicates: Sequence[Predicate]) -> Iterator[Sql]:
    """Yield what leaves prompts out, unless a filter asks for them: its first word on that decides."""
    asked = next((each for each in predicates if (each.type, each.name) == ("tag", IS_PROMPT)), None)
    if asked is None:
        is_prompt = [("t.key", IS_PROMPT), ("t.value", "true")]
        where = all_of(_compared(product, column, "=", value) for column, value in is_prompt)
        yield Sql(_NO_PROMPT.format(table=table, where=where.text), where.values)
    elif (asked.comparator, str(asked.value).lower()) not in {("=", "true"), ("!=", "false")}:
        # MLflow drops this very condition.
        raise UnknownConditionError
