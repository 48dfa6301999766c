"""MLQ507: a LIKE whose pattern has no wildcard."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Key
from mlq_grammar.tree import Operator

from mlq.findings import Edit, Fix
from mlq.keys.quoting import write_value
from mlq.rules.names import is_within_content
from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning, Value, conditions_with


def check(meaning: Meaning) -> Iterator[Report]:
    for condition, _, key, value in conditions_with(meaning, "text", "number"):
        operator = condition.operator
        if is_within_content(key):
            continue
        if operator and operator.name == "LIKE" and not {"%", "_"} & set(value.content):
            yield _report(operator, key, value)


def _report(operator: Operator, key: Key, value: Value) -> Report:
    if "=" in key.comparators:
        message = f"This finds only {value.text} itself. Write =, or % where any text may stand."
        return Report(value.span, message, replace("Write =", operator.span, "="))
    written = write_value(f"%{value.content}%")
    fix = Fix("Put % round the text", [Edit(*value.span, written)], safe=False) if written else None
    return Report(value.span, f"This finds only {value.text} itself: % stands for any text.", fix)


RULE = Rule(
    code="MLQ507",
    name="like-without-wildcard",
    severity="information",
    summary="LIKE stands before a text without a wildcard",
    why="""LIKE compares the whole value: `%` stands for any text and `_` for any one character. Without
them it is a slow `=`, and does not find values that only contain the text. LIKE respects case, as `=`
does, whatever the database; ILIKE does not, and without a wildcard it is the way to find a text in any
case.""",
    wrong="""\
tags.team LIKE 'growth'
               ^^^^^^^^""",
    right="tags.team = 'growth'",
    check=check,
    signs=lambda _: ("LIKE",),
)
