"""MLQ410: `= NULL` in the place of IS NULL."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, replace, when
from mlq.semantics.meaning import Meaning, conditions_with
from mlq.semantics.traits import Trait

_TESTS = {"=": "IS NULL", "!=": "IS NOT NULL"}


def check(meaning: Meaning) -> Iterator[Report]:
    for condition, subject, key, value in conditions_with(meaning, "null"):
        operator = condition.operator
        test = _TESTS.get(operator.name) if operator else None
        if operator and test and test in key.comparators:
            span = operator.span.joined(value.span)
            yield Report(
                span, f"NULL is not compared but tested: write {test}.", replace(f"Use {test}", span, test)
            )
        else:
            yield Report(
                value.span, f"MLflow cannot compare {subject.label} with NULL, nor test it for NULL."
            )


RULE = Rule(
    code="MLQ410",
    name="null-comparison",
    severity="error",
    summary="A key is compared with NULL",
    why="""NULL is no value. Params and tags are tested with `IS NULL` and `IS NOT NULL`; metrics and
attributes cannot be tested for it at all.""",
    wrong="""\
tags.stage != NULL
           ^^^^^^^""",
    right="tags.stage IS NOT NULL",
    check=check,
    signs=when(Trait.WORD),
)
