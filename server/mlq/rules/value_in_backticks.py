"""MLQ206: a value in backticks."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.keys.quoting import write_value
from mlq.rules.rule import Report, Rule, replace, when
from mlq.semantics.meaning import Meaning, Value


def is_in_backticks(value: Value) -> bool:
    """Whether a value stands in the quotes of a key."""
    return len(value.text) > 1 and value.text[0] == value.text[-1] == "`"


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        value = condition.value
        if value and is_in_backticks(value):
            written = write_value(value.text[1:-1])
            message = "Backticks quote keys. A value stands in ' or \"."
            yield Report(
                value.span, message, replace("Use string quotes", value.span, written) if written else None
            )


RULE = Rule(
    code="MLQ206",
    name="value-in-backticks",
    severity="error",
    summary="A value stands in backticks",
    why="""Backticks make a name. A string is written in single or double quotes.""",
    wrong="""\
params.model = `xgboost`
               ^^^^^^^^^""",
    right="params.model = 'xgboost'",
    check=check,
    signs=when("`"),
)
