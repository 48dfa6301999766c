"""MLQ409: IS NULL on a key that cannot be tested for it."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, when
from mlq.rules.writing import listed
from mlq.semantics.meaning import Meaning, Subject


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        subject, operator = condition.subject, condition.operator
        if not subject or not subject.key or not operator or condition.operator_fits:
            continue
        if operator.name.endswith("NULL") and len(condition.clause.comparisons) == 1:
            yield Report(operator.span, _message(subject, operator.name, meaning))


def _message(subject: Subject, test: str, meaning: Meaning) -> str:
    families = (f for f in meaning.dialect.families if f.prefixes and test in f.pattern.comparators)
    nullable = [family.prefixes[0] for family in families]
    kind = "a metric" if subject.family and subject.family.type == "metric" else subject.label
    if nullable:
        return f"MLflow cannot test {kind} with {test}, only {listed(nullable)}."
    return f"MLflow has no {test} when it searches {meaning.plural}."


RULE = Rule(
    code="MLQ409",
    name="null-test-unsupported",
    severity="error",
    summary="A key that is neither a param nor a tag is tested for NULL",
    why="""MLflow tests params and tags for `IS NULL` and `IS NOT NULL` (since 3.11.1). For a metric
there is no such test; a comparison that every number passes, such as `metrics.auc > -1e300`, finds the
runs that have it.""",
    wrong="""\
metrics.auc IS NOT NULL
            ^^^^^^^^^^^""",
    right="metrics.auc > -1e300",
    check=check,
    signs=when("NULL"),
)
