"""MLQ502: a status that no run has."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.keys.quoting import write_value
from mlq.rules.near import near
from mlq.rules.rule import Report, Rule, replace
from mlq.rules.writing import listed
from mlq.semantics.meaning import Meaning, conditions_with

_MEANT = {
    "completed": "FINISHED",
    "complete": "FINISHED",
    "success": "FINISHED",
    "succeeded": "FINISHED",
    "done": "FINISHED",
    "error": "FAILED",
    "active": "RUNNING",
}


def check(meaning: Meaning) -> Iterator[Report]:
    for condition, subject, key, value in conditions_with(meaning, "text"):
        operator = condition.operator
        if not key.values or value.content in key.values or not operator or operator.name not in {"=", "!="}:
            continue
        message = f"No run has the {subject.name} {value.text}: there are {listed(key.values)}."
        meant = _MEANT.get(value.content.lower()) or near(value.content, key.values)
        if meant in key.values:
            fix = replace(f"Use {meant}", value.span, write_value(meant) or meant)
            yield Report(value.span, f"{message} Did you mean {meant}?", fix)
        else:
            yield Report(value.span, message)


RULE = Rule(
    code="MLQ502",
    name="unknown-status",
    severity="warning",
    summary="A run is asked for a status that does not exist",
    why="""MLflow checks no status: the filter runs and finds nothing. A run is RUNNING, SCHEDULED,
FINISHED, FAILED or KILLED, in capitals, and `=` respects case.""",
    wrong="""\
status = 'Completed'
         ^^^^^^^^^^^""",
    right="status = 'FINISHED'",
    check=check,
)
