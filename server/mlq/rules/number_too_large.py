"""MLQ413: a whole number that the database cannot hold."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, when
from mlq.rules.writing import is_integer
from mlq.semantics.meaning import Meaning, conditions_with
from mlq.semantics.traits import Trait

_LARGEST = 2**63 - 1


def check(meaning: Meaning) -> Iterator[Report]:
    for _, subject, key, value in conditions_with(meaning, "number"):
        if key.value == "number" and is_integer(value.text) and abs(float(value.text)) > _LARGEST:
            yield Report(value.span, f"{subject.label} is a 64-bit integer, and {value.text} is beyond it.")


RULE = Rule(
    code="MLQ413",
    name="number-too-large",
    severity="error",
    summary="A whole number has more than 64 bits",
    why="""Times are stored as 64-bit integers. MLflow hands the number to the database, which refuses one
beyond 9223372036854775807. Metrics take such numbers: they are stored as floats.""",
    wrong="""\
version_number < 99999999999999999999
                 ^^^^^^^^^^^^^^^^^^^^""",
    right="version_number < 9999999999999",
    entity="model_versions",
    check=check,
    signs=when(Trait.NUMBER),
)
