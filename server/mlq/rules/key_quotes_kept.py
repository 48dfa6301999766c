"""MLQ517: a key in quotes that MLflow leaves in the key."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Dialect

from mlq.findings import Fix
from mlq.keys.quoting import write_key
from mlq.rules.rule import Report, Rule, replace
from mlq.rules.topics import keeps_quotes
from mlq.semantics.meaning import Meaning, Subject


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        subject = condition.subject
        if subject and subject.quote and condition.operator_fits and keeps_quotes(subject, meaning.dialect):
            written = subject.name_span.of(meaning.text)
            message = f"Here quotes are a part of the key: MLflow looks for {written}, quotes and all."
            yield Report(subject.name_span, message, _fix(subject, meaning))


def _fix(subject: Subject, meaning: Meaning) -> Fix | None:
    written = write_key(subject.name)
    takes_backticks = meaning.dialect.syntax.reader == "logged-models"
    if written == subject.name or (takes_backticks and written and written[0] == "`"):
        return replace(f"Write {written}", subject.name_span, written)
    return None


def signs(dialect: Dialect) -> tuple[str, ...] | None:
    syntax = dialect.syntax
    strips_all = syntax.reader != "logged-models" and {"quotes", "backticks"} <= {*syntax.strips}
    return None if strips_all else ("`", ".'", '."')


RULE = Rule(
    code="MLQ517",
    name="key-quotes-kept",
    severity="warning",
    summary="A key stands in quotes that become a part of it",
    why="""In the search of evaluation datasets MLflow takes no quotes off a key, and in that of logged
models none but backticks. What is in quotes is another key, which nobody has set.""",
    wrong="""\
tags.`team` = 'growth'
     ^^^^^^""",
    right="tags.team = 'growth'",
    check=check,
    entity="evaluation_datasets",
    signs=signs,
)
