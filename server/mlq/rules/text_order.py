"""MLQ524: numbers compared as texts."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Dialect

from mlq.rules.names import every_key
from mlq.rules.rule import Report, Rule
from mlq.rules.writing import is_number
from mlq.semantics.meaning import Meaning, conditions_with


def check(meaning: Meaning) -> Iterator[Report]:
    for condition, subject, key, value in conditions_with(meaning, "text"):
        operator = condition.operator
        if not operator or operator.name[0] not in "<>" or key.value != "text":
            continue
        if is_number(value.content) and "semantic-version" not in key.checks.in_store:
            yield Report(value.span, f"{subject.label} is a text: MLflow sorts '9' behind '10'.")


def signs(dialect: Dialect) -> tuple[str, ...] | None:
    """Return the signs of an order where any text has one."""
    has_order = any(key.value == "text" and ">" in key.comparators for key in every_key(dialect))
    return ("<", ">") if has_order else None


RULE = Rule(
    code="MLQ524",
    name="text-order",
    severity="warning",
    summary="A text is ordered by a number",
    why="""Where MLflow lets a text be compared with `<` and `>`, it compares character by character: '9' is
more than '10'. Numbers cannot be compared there.""",
    wrong="""\
tags.stars > '10'
             ^^^^""",
    right="tags.stars LIKE '__'",
    check=check,
    entity="mcp_servers",
    signs=signs,
)
