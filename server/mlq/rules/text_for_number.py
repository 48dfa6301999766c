"""MLQ505: a number compared with a text that is none, where MLflow does not mind."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Dialect

from mlq.rules.names import names_where
from mlq.rules.not_a_number import milliseconds
from mlq.rules.rule import Report, Rule
from mlq.rules.writing import number
from mlq.semantics.meaning import Meaning, conditions_with
from mlq.semantics.moments import is_moment


def check(meaning: Meaning) -> Iterator[Report]:
    for _, subject, key, value in conditions_with(meaning, "text"):
        if key.value != "number" or "quoted" not in key.checks.takes or number(value.content) is not None:
            continue
        message = f"{subject.label} is a number, and a database holds every text for larger than any number."
        if is_moment(key):
            message = f"{subject.label} is a time in milliseconds since 1970, and MLflow reads no dates."
        yield Report(value.span, message, milliseconds(value))


def signs(dialect: Dialect) -> tuple[str, ...] | None:
    return names_where(lambda key: key.value == "number" and "quoted" in key.checks.takes, dialect)


RULE = Rule(
    code="MLQ505",
    name="text-for-number",
    severity="warning",
    summary="A number is compared with a text",
    why="""On traces MLflow takes a text for a time or a duration, and hands it to the database. There a
text is larger than every number, so `>` finds nothing and `<` finds everything; some databases refuse
it. Times are milliseconds since 1970.""",
    wrong="""\
timestamp_ms > '2024-01-01'
               ^^^^^^^^^^^^""",
    right="timestamp_ms > 1704067200000",
    check=check,
    entity="traces",
    signs=signs,
)
