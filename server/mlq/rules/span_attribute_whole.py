"""MLQ526: an attribute of a span that is compared as if MLflow knew where its value ends."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Dialect
from mlq_grammar.tree import Operator

from mlq.findings import Edit, Fix
from mlq.keys.quoting import write_value
from mlq.rules.names import is_within_content, names_where
from mlq.rules.rule import Report, Rule
from mlq.semantics.meaning import Meaning, Subject, Value, conditions_with

# MLflow looks for `"name"` and the pattern, and what stands between them is `: ` and quotes.
_BETWEEN = ("%", "_", ":")


def check(meaning: Meaning) -> Iterator[Report]:
    for condition, subject, key, value in conditions_with(meaning, "text"):
        operator = condition.operator
        if operator and is_within_content(key):
            yield from _reports(operator, subject, value)


def _reports(operator: Operator, subject: Subject, value: Value) -> Iterator[Report]:
    span = operator.span
    if operator.name == "=":
        message = f"= finds nothing: MLflow compares all of a span with it, not {subject.label}. Write LIKE."
        yield Report(span, message, _contains(value, Edit(*span, "LIKE")))
    elif operator.name == "!=":
        message = f"This holds for every span: MLflow compares all of it, not {subject.label}."
        yield Report(span, message)
    elif operator.name in ("LIKE", "ILIKE") and not value.content.startswith(_BETWEEN):
        message = f"This finds nothing: a pattern for {subject.label} has to begin with %."
        yield Report(value.span, message, _contains(value))


def _contains(value: Value, *edits: Edit) -> Fix | None:
    """Return the fix that looks for the text in the value; None if JSON writes it otherwise."""
    written = write_value(f"%{value.content.rstrip('%')}%")
    if written is None or {'"', "\\"} & set(value.content):
        return None
    return Fix("Put % round the text", [*edits, Edit(*value.span, written)], safe=False)


def signs(dialect: Dialect) -> tuple[str, ...] | None:
    return names_where(is_within_content, dialect)


RULE = Rule(
    code="MLQ526",
    name="span-attribute-whole",
    severity="warning",
    summary="An attribute of a span is compared whole",
    why="""MLflow keeps the attributes of a span as one text of JSON and searches that. `=` compares all of it
and finds nothing; `!=` holds for every span, whatever the attribute is. LIKE works where the pattern begins
with `%`, and RLIKE works.""",
    wrong="""\
span.attributes.model = 'gpt'
                      ^""",
    right="span.attributes.model LIKE '%gpt%'",
    check=check,
    entity="traces",
    signs=signs,
)
