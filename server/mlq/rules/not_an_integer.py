"""MLQ415: a fraction, where the store takes whole numbers."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Fix
from mlq.rules.rule import Report, Rule, replace
from mlq.rules.writing import is_integer
from mlq.semantics.meaning import Meaning, Value, conditions_with

_STEPS = frozenset({"integer", "integer-in-text"})


def check(meaning: Meaning) -> Iterator[Report]:
    for _, subject, key, value in conditions_with(meaning, "number", "text"):
        if _STEPS.intersection(key.checks.in_store) and not is_integer(value.content.strip()):
            message = f"{subject.label} is a whole number: MLflow refuses {value.text}."
            yield Report(value.span, message, _whole(value))


def _whole(value: Value) -> Fix | None:
    try:
        number = float(value.content)
        return replace("Write it whole", value.span, str(int(number))) if number == int(number) else None
    except (ValueError, OverflowError):
        return None


RULE = Rule(
    code="MLQ415",
    name="not-an-integer",
    severity="error",
    summary="A whole number is compared with a fraction",
    why="""Since MLflow 3.17.0 the creation and update times of experiments and evaluation datasets, and the
version of a model, are compared with whole numbers only: also `5.0` and `1e3` are refused.""",
    entity="model_versions",
    wrong="""\
version_number > 5.0
                 ^^^""",
    right="version_number > 5",
    check=check,
)
