"""MLQ412: a list behind an operator that takes one value."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Key
from mlq_grammar.tree import AtomKind, Operator

from mlq.findings import Fix
from mlq.rules.rule import Report, Rule, replace, when
from mlq.semantics.meaning import Meaning, Value, conditions_with

_LISTING = {"=": "IN", "!=": "NOT IN"}


def check(meaning: Meaning) -> Iterator[Report]:
    for condition, _, key, value in conditions_with(meaning, "list"):
        operator = condition.operator
        if operator and operator.name not in {"IN", "NOT IN"}:
            message = f"{operator.name} compares with one value, not with a list."
            yield Report(value.span, message, _fix(operator, key, value))


def _fix(operator: Operator, key: Key, value: Value) -> Fix | None:
    kinds = {AtomKind.STRING, AtomKind.SYMBOL} if key.value == "text" else {AtomKind.NUMBER}
    if len(value.items) == 1 and value.items[0].kind in kinds:
        return replace("Remove the parentheses", value.span, value.items[0].text)
    listing = _LISTING.get(operator.name)
    if listing and listing in key.comparators:
        return replace(f"Use {listing}", operator.span, listing)
    return None


RULE = Rule(
    code="MLQ412",
    name="list-without-in",
    severity="error",
    summary="A list stands behind an operator that takes one value",
    why="""Only `IN` and `NOT IN` take a list, and only for some keys. Everything else compares with one
value, which needs no parentheses.""",
    wrong="""\
params.model = ('xgboost')
               ^^^^^^^^^^^""",
    right="params.model = 'xgboost'",
    check=check,
    signs=when("("),
)
