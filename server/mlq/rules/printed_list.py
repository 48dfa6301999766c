"""MLQ523: a list that MLflow compares as a text, parentheses and all."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Dialect

from mlq.rules.names import names_where
from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning, conditions_with


def check(meaning: Meaning) -> Iterator[Report]:
    for _, subject, key, value in conditions_with(meaning, "list"):
        if "printed-list" in key.checks.in_store:
            message = f"MLflow compares {subject.label} with the list as it is printed. Write one text."
            [item, *others] = value.items
            fix = None if others else replace("Remove the parentheses", value.span, item.text)
            yield Report(value.span, message, fix)


def signs(dialect: Dialect) -> tuple[str, ...] | None:
    return names_where(lambda key: "printed-list" in key.checks.in_store, dialect)


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
    right="span.attributes.model = 'gpt'",
    check=check,
    entity="traces",
    signs=signs,
)
