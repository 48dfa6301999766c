"""MLQ117: AND in another spelling."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind

from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.syntax import faults
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for span in faults(meaning, SyntaxKind.MISSPELT_AND):
        word = span.of(meaning.text)
        yield Report(span, f"Did you mean AND instead of {word}?", replace("Write AND", span, "AND"))


RULE = Rule(
    code="MLQ117",
    name="misspelt-and",
    severity="error",
    summary="AND is misspelt",
    why="""Any other word between two conditions is read as part of the one before it or of the one behind
it.""",
    wrong="""\
metrics.auc > 0.9 ADN params.model = 'xgboost'
                  ^^^""",
    right="metrics.auc > 0.9 AND params.model = 'xgboost'",
    check=check,
    signs=when(SyntaxKind.MISSPELT_AND),
)
