"""MLQ418: a prompt without its version."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Dialect

from mlq.rules.names import every_key
from mlq.rules.rule import Report, Rule
from mlq.semantics.meaning import Meaning, Subject, conditions_with


def check(meaning: Meaning) -> Iterator[Report]:
    for _, subject, _, value in conditions_with(meaning, "text"):
        if _names_a_prompt(subject, meaning.dialect) and value.content.count("/") != 1:
            yield Report(value.span, "A prompt is named with its version, as in 'greeting/3'.")


def _names_a_prompt(subject: Subject, dialect: Dialect) -> bool:
    """Whether the key, or the one that it stands for, is stored as a prompt's version."""
    family, name = subject.family, subject.name
    for alias, type_, target in dialect.syntax.routes:
        if alias == name.lower() and type_:
            families = (other for other in dialect.families if other.type == type_)
            family, name = next(families, family), target
    key = family.key(name) if family else None
    return bool(key and "prompt-version" in key.checks.in_store)


RULE = Rule(
    code="MLQ418",
    name="prompt-without-version",
    severity="error",
    summary="Traces are searched by a prompt without its version",
    why="""A trace is linked to one version of a prompt. The filter names both, with one slash between.""",
    entity="traces",
    wrong="""\
prompt = 'greeting'
         ^^^^^^^^^^""",
    right="prompt = 'greeting/3'",
    check=check,
    signs=lambda dialect: (
        () if any("prompt-version" in key.checks.in_store for key in every_key(dialect)) else None
    ),
)
