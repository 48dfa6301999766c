"""MLQ105: an operator with nothing behind it."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind

from mlq.rules.rule import Report, Rule, when
from mlq.semantics.meaning import Condition, Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        comparisons = condition.clause.comparisons
        for comparison in comparisons if len(comparisons) == 1 else ():
            operator = comparison.operator
            if comparison.value is None and not operator.name.endswith("NULL"):
                yield Report(operator.span, f"There is no value after {operator.text}. {_wanted(condition)}")


def _wanted(condition: Condition) -> str:
    subject = condition.subject
    if not subject or not subject.key:
        return "Write what the key is compared with."
    if subject.key.value == "number":
        return f"Write a number: {subject.label} is a number."
    return f"Write a quoted string: {subject.label} is text."


RULE = Rule(
    code="MLQ105",
    name="missing-value",
    severity="error",
    summary="A condition has no value",
    why="""A condition is a key, an operator and a value. Metrics and times are compared with numbers,
everything else with quoted strings. To find runs that have a tag or a param at all, write `IS NOT
NULL`.""",
    wrong="""\
metrics.auc > AND params.model = 'xgboost'
            ^""",
    right="metrics.auc > 0.9 AND params.model = 'xgboost'",
    check=check,
    signs=when(SyntaxKind.MISSING_VALUE),
)
