"""MLQ414: LIKE or IN in lower case, where MLflow wants capitals."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.names import every_key
from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        subject, operator = condition.subject, condition.operator
        if not condition.operator_fits or not operator or not subject or not subject.key:
            continue
        written = " ".join(operator.text.split())
        if written != operator.name and not subject.key.checks.is_case_free:
            name = operator.name
            message = f"MLflow wants {name} in capitals when it searches {meaning.plural}."
            yield Report(operator.span, message, replace(f"Use {name}", operator.span, name))


RULE = Rule(
    code="MLQ414",
    name="operator-in-capitals",
    severity="error",
    summary="An operator stands in lower case where MLflow wants capitals",
    why="""Most searches take `like` and `in` in any case. Those of evaluation datasets, spans and MCP
servers compare the word as it is written, and know only `LIKE`, `ILIKE` and `IN`.""",
    entity="evaluation_datasets",
    wrong="""\
name like 'churn%'
     ^^^^""",
    right="name LIKE 'churn%'",
    check=check,
    signs=lambda dialect: None if all(key.checks.is_case_free for key in every_key(dialect)) else (),
)
