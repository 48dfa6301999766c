"""MLQ523: a list that MLflow compares as a text, parentheses and all."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Dialect
from mlq_grammar.tree import Operator

from mlq.findings import Edit, Fix
from mlq.rules.names import is_within_content, names_where
from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning, Value, conditions_with


def check(meaning: Meaning) -> Iterator[Report]:
    for condition, subject, key, value in conditions_with(meaning, "list"):
        if is_within_content(key):
            message = f"MLflow compares {subject.label} with the list as it is printed. Write one text."
            yield Report(value.span, message, _one_text(condition.operator, value))


def _one_text(operator: Operator | None, value: Value) -> Fix | None:
    [item, *others] = value.items
    if others or operator is None or operator.name == "!=":
        return None
    if operator.name == "=":
        pattern = f"{item.text[0]}%{item.text[1:-1]}%{item.text[-1]}"
        return Fix("Write LIKE", [Edit(*operator.span, "LIKE"), Edit(*value.span, pattern)])
    return replace("Remove the parentheses", value.span, item.text)


def signs(dialect: Dialect) -> tuple[str, ...] | None:
    return names_where(is_within_content, dialect)


RULE = Rule(
    code="MLQ523",
    name="printed-list",
    severity="warning",
    summary="A list is compared as a text",
    why="""For the attributes of spans MLflow makes a text of whatever it compares with. A list becomes a
text with parentheses, commas and quotes, and nothing has that value. IN is refused there.""",
    wrong="""\
span.attributes.model = ('gpt')
                        ^^^^^^^""",
    right="span.attributes.model LIKE '%gpt%'",
    check=check,
    entity="traces",
    signs=signs,
)
