"""MLQ304: a function or a calculation in the place of a key."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, when
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        subject = condition.subject
        if subject and subject.is_expression and condition.operator:
            yield Report(subject.span, "MLflow has no functions and no arithmetic: the left side is one key.")


RULE = Rule(
    code="MLQ304",
    name="expression-unsupported",
    severity="error",
    summary="A function or a calculation stands where a key belongs",
    why="""A condition compares one logged key with one literal. `lower(…)` is not needed: `ILIKE`
ignores case. A value that is calculated from several metrics must be logged as a metric of its own.""",
    wrong="""\
lower(tags.team) = 'risk'
^^^^^^^^^^^^^^^^""",
    right="tags.team ILIKE 'risk'",
    check=check,
    signs=when("(", "+", "-", "*", "/", "%"),
)
