"""MLQ515: several strings that MLflow reads as one, quotes and all."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        value = condition.value
        if value is None or value.text[0] not in "'\"" or value.text[-1] not in "'\"":
            continue
        if condition.operator_fits and (value.kind == "expression" or not value.is_whole):
            content = value.text[1:-1]
            yield Report(value.span, f"MLflow reads this as one text, with the signs in it: {content}")


RULE = Rule(
    code="MLQ515",
    name="joined-strings",
    severity="warning",
    summary="Strings are joined by a sign that becomes a part of the text",
    why="""MLflow calculates nothing and casts nothing. Where its parser puts two strings together, by `.`,
`->` or `::`, it takes off the outer quotes and keeps all that is between them.""",
    wrong="""\
params.model = "xgb"."large"
               ^^^^^^^^^^^^^""",
    right="params.model = 'xgb.large'",
    check=check,
    signs=lambda dialect: () if dialect.syntax.reader == "logged-models" else ('"', "::"),
    may_be_plain=False,
)
