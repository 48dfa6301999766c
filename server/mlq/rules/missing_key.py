"""MLQ106: an operator with nothing before it."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind

from mlq.rules.rule import Report, Rule
from mlq.rules.syntax import faults
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for span in faults(meaning, SyntaxKind.MISSING_KEY):
        operator = span.of(meaning.text)
        yield Report(span, f"There is no key before {operator}. Write which metric, param or tag.")


RULE = Rule(
    code="MLQ106",
    name="missing-key",
    severity="error",
    summary="A condition has no key",
    why="""Every condition names its key, also when it is the same as before: `metrics.auc > 0.8 AND
metrics.auc < 0.9`.""",
    wrong="""\
metrics.auc > 0.8 AND < 0.9
                      ^""",
    right="metrics.auc > 0.8 AND metrics.auc < 0.9",
    check=check,
)
