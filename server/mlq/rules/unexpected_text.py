"""MLQ113: words behind a complete condition."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind

from mlq.rules.rule import Report, Rule, when
from mlq.rules.syntax import faults
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for span in faults(meaning, SyntaxKind.UNEXPECTED_TEXT):
        text = span.of(meaning.text)
        yield Report(span, f"The condition before `{text}` is complete: AND must follow, or nothing.")


RULE = Rule(
    code="MLQ113",
    name="unexpected-text",
    severity="error",
    summary="Something follows a complete condition",
    why="""Behind a value MLflow takes AND and a further condition, nothing else.""",
    wrong="""\
params.model = 'xgboost' please
                         ^^^^^^""",
    right="params.model = 'xgboost'",
    check=check,
    signs=when(SyntaxKind.UNEXPECTED_TEXT),
)
