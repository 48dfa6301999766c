"""MLQ506: a number in quotes, where MLflow does not mind."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Dialect

from mlq.rules.names import names_where
from mlq.rules.rule import Report, Rule, replace
from mlq.rules.writing import number
from mlq.semantics.meaning import Meaning, conditions_with


def check(meaning: Meaning) -> Iterator[Report]:
    for _, subject, key, value in conditions_with(meaning, "text"):
        checks = key.checks
        if key.value != "number" or "quoted" not in checks.takes or "integer-in-text" in checks.in_store:
            continue
        written = number(value.content)
        if written is not None:
            message = (
                f"{subject.label} is a number, and MLflow hands this text to the database: write {written}."
            )
            yield Report(value.span, message, replace("Remove the quotes", value.span, written))


def signs(dialect: Dialect) -> tuple[str, ...] | None:
    return names_where(lambda key: key.value == "number" and "quoted" in key.checks.takes, dialect)


RULE = Rule(
    code="MLQ506",
    name="quoted-number",
    severity="information",
    summary="A number stands in quotes",
    why="""On traces MLflow takes a text for a time or a duration, and leaves it to the database what that
means. SQLite makes a number of it; beside a condition on spans MLflow refuses it.""",
    wrong="""\
execution_time_ms > '500'
                    ^^^^^""",
    right="execution_time_ms > 500",
    check=check,
    entity="traces",
    signs=signs,
)
