"""MLQ107: a comment in a filter."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind

from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.syntax import faults, without
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for span in faults(meaning, SyntaxKind.COMMENT):
        fix = replace("Remove the comment", without(meaning.text, span), "")
        yield Report(span, "MLflow takes no comments in a filter. Keep them in the code around it.", fix)


RULE = Rule(
    code="MLQ107",
    name="comment-unsupported",
    severity="error",
    summary="A filter holds a comment",
    why="""sqlparse, which MLflow reads filters with, makes the comment a token of its own, and MLflow
refuses any token that is no condition. In a `.mlq` file comments are welcome: they never reach MLflow.""",
    wrong="""\
metrics.auc > 0.9 -- good enough
                  ^^^^^^^^^^^^^^""",
    right="metrics.auc > 0.9",
    check=check,
    signs=when(SyntaxKind.COMMENT),
)
