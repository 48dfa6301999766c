"""MLQ106: a condition without a key, or with a literal in its place."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind

from mlq.rules.reversed_comparison import has_literal_left, is_reversed
from mlq.rules.rule import Report, Rule, when
from mlq.rules.syntax import faults
from mlq.semantics.meaning import Meaning
from mlq.semantics.traits import Trait


def check(meaning: Meaning) -> Iterator[Report]:
    for span in faults(meaning, SyntaxKind.MISSING_KEY):
        operator = span.of(meaning.text)
        yield Report(span, f"There is no key before {operator}. Write which metric, param or tag.")
    for condition in meaning.conditions:
        left, comparisons = condition.clause.left, condition.clause.comparisons
        if left and len(comparisons) == 1 and has_literal_left(condition) and not is_reversed(condition):
            yield Report(
                left.span, f"{left.text} is no key. Write a metric, a param or a tag before the operator."
            )


RULE = Rule(
    code="MLQ106",
    name="missing-key",
    severity="error",
    summary="A condition has no key",
    why="""Every condition names its key, also when it is the same as before: `metrics.auc > 0.8 AND
metrics.auc < 0.9`. Two literals are never compared: `1 = 1` is refused, and an empty filter finds
everything.""",
    wrong="""\
metrics.auc > 0.8 AND < 0.9
                      ^""",
    right="metrics.auc > 0.8 AND metrics.auc < 0.9",
    check=check,
    signs=when(SyntaxKind.MISSING_KEY, Trait.UNKNOWN),
)
