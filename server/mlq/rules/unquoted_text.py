"""MLQ518: a text without quotes, where MLflow does not mind."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.keys.quoting import write_value
from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning, conditions_with

_READERS = frozenset({"logged-models", "issues"})


def check(meaning: Meaning) -> Iterator[Report]:
    for _, _, key, value in conditions_with(
        meaning, "word", "number", "null", "expression", "function", "key", "brackets"
    ):
        if key.value != "text" or value.text[0] in "'\"":
            continue
        written = write_value(value.text)
        fix = replace("Quote the text", value.span, written) if written and value.kind != "null" else None
        yield Report(value.span, f"MLflow reads this as the text {value.text}. Write it in quotes.", fix)


RULE = Rule(
    code="MLQ518",
    name="unquoted-text",
    severity="information",
    summary="A text stands without quotes",
    why="""In the search of logged models and of issues MLflow takes for a text whatever its parser lets
through, `NULL` and numbers included. Many words are refused all the same; in quotes all are taken.""",
    wrong="""\
name = forest
       ^^^^^^""",
    right="name = 'forest'",
    check=check,
    entity="logged_models",
    signs=lambda dialect: () if dialect.syntax.reader in _READERS else None,
)
