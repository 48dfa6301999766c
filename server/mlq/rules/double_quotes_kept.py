"""MLQ516: a value in double quotes, which logged models leave in the value."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.tree import Operator

from mlq.findings import Edit, Fix
from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning, Value, conditions_with

_LISTS = {"=": "IN", "!=": "NOT IN"}


def check(meaning: Meaning) -> Iterator[Report]:
    for condition, _, key, value in conditions_with(meaning, "text"):
        if key.value == "text" and value.text[0] == '"' and condition.operator:
            message = f"Here double quotes stay in the value: MLflow looks for {value.text}, quotes and all."
            yield Report(value.span, message, _fix(condition.operator, value, meaning.text))


def _fix(operator: Operator, value: Value, text: str) -> Fix | None:
    if "'" not in value.content:
        return replace("Use single quotes", value.span, f"'{value.content}'")
    if operator.name not in _LISTS or "\\" in value.content:
        return None
    # Only a list takes a text with an apostrophe: it is read as Python reads it.
    space = "" if text[operator.span.start - 1].isspace() else " "
    written = f"{space}{_LISTS[operator.name]} ({value.text})"
    return Fix("Write a list of one", [Edit(operator.span.start, value.span.end, written)])


RULE = Rule(
    code="MLQ516",
    name="double-quotes-kept",
    severity="warning",
    summary="A value of logged models stands in double quotes",
    why="""In the search of logged models MLflow takes off single quotes only. In double quotes a value is
compared with the quotes in it, and nothing is found. In a list both are right.""",
    wrong="""\
name = "forest"
       ^^^^^^^^""",
    right="name = 'forest'",
    check=check,
    entity="logged_models",
    signs=lambda dialect: ('"',) if dialect.syntax.reader == "logged-models" else None,
)
