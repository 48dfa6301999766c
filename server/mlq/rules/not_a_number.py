"""MLQ404: a metric or a time compared with something that is not a number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

from mlq_grammar.dialect import Key

from mlq.findings import Fix
from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.value_in_backticks import is_in_backticks
from mlq.rules.writing import number
from mlq.semantics.meaning import Meaning, Subject, Value, conditions_with
from mlq.semantics.traits import Trait


def check(meaning: Meaning) -> Iterator[Report]:
    for _, subject, key, value in conditions_with(
        meaning, "text", "word", "key", "expression", "function", "brackets"
    ):
        if key.value == "number" and not is_in_backticks(value):
            yield _report(subject, key, value)


def _report(subject: Subject, key: Key, value: Value) -> Report:
    label = subject.label
    written = number(value.content)
    if value.kind == "text" and written is not None:
        message = f"{label} is a number: compare it with {written}, without quotes."
        return Report(value.span, message, replace("Remove the quotes", value.span, written))
    if key.name.endswith("_time"):
        message = f"{label} is a time in milliseconds since 1970: compare it with a number."
        return Report(value.span, message, milliseconds(value))
    if value.kind == "key":
        return Report(value.span, f"MLflow compares {label} with a number, not with another key.")
    if value.kind in {"expression", "function"}:
        return Report(value.span, "MLflow calculates nothing: write the resulting number.")
    return Report(value.span, f"{label} is a number, and `{value.text}` is none.")


def milliseconds(value: Value) -> Fix | None:
    """Write an ISO date as MLflow stores times. A date without a zone is taken as UTC, which is a guess."""
    try:
        moment = datetime.fromisoformat(value.content.replace("Z", "+00:00"))
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    fix = replace("Write the date in milliseconds (UTC)", value.span, str(int(moment.timestamp() * 1000)))
    return Fix(fix.title, fix.edits, safe=False)


RULE = Rule(
    code="MLQ404",
    name="not-a-number",
    severity="error",
    summary="A metric or a time is compared with something that is not a number",
    why="""Metrics are numbers; `start_time` and `end_time` are milliseconds since 1970. A number in
quotes is a string, and MLflow refuses it there.""",
    wrong="""\
metrics.auc > '0.9'
              ^^^^^""",
    right="metrics.auc > 0.9",
    check=check,
    signs=when(Trait.TEXT, Trait.WORD),
)
