"""MLQ114: a filter of white space alone."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind

from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.syntax import faults
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for span in faults(meaning, SyntaxKind.BLANK):
        message = "MLflow refuses a filter of white space alone. An empty string finds everything."
        yield Report(span, message, replace("Make the filter empty", span, ""))


RULE = Rule(
    code="MLQ114",
    name="blank-filter",
    severity="error",
    summary="A filter holds nothing but white space",
    why="""The empty string means no filter at all. White space is handed to the parser, which finds no
expression in it.""",
    wrong="   \n^^^",
    right="",
    check=check,
    signs=when(SyntaxKind.BLANK),
)
