"""MLQ108: a semicolon."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind

from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.syntax import faults
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for span in faults(meaning, SyntaxKind.SEMICOLON):
        if meaning.text[span.end :].strip(" \t\r\n;"):
            yield Report(span, "A filter is one expression, and a semicolon ends it. Join conditions by AND.")
        else:
            yield Report(
                span, "A filter takes no semicolon at its end.", replace("Remove the semicolon", span, "")
            )


RULE = Rule(
    code="MLQ108",
    name="semicolon",
    severity="error",
    summary="A filter holds a semicolon",
    why="""For MLflow a semicolon ends a statement, and a filter may be only one. In a `.mlq` file the
semicolon ends a query and never reaches MLflow.""",
    wrong="""\
metrics.auc > 0.9;
                 ^""",
    right="metrics.auc > 0.9",
    check=check,
    signs=when(SyntaxKind.SEMICOLON),
)
