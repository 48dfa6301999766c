"""MLQ408: BETWEEN."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.tree import Atom, AtomKind, Clause

from mlq.findings import Fix
from mlq.rules.rule import Report, Rule, replace, when
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        if condition.operator and "BETWEEN" in condition.operator.name:
            message = "MLflow has no BETWEEN. Write two conditions: one with >= and one with <=."
            yield Report(condition.operator.span, message, _fix(condition.clause))


def _fix(clause: Clause) -> Fix | None:
    comparison = clause.comparison
    if not clause.left or not comparison or comparison.operator.name != "BETWEEN" or clause.rest:
        return None
    low, high = comparison.value, comparison.upper
    if not (isinstance(low, Atom) and isinstance(high, Atom) and low.kind is high.kind is AtomKind.NUMBER):
        return None
    key = clause.left.text
    return replace("Write two conditions", clause.span, f"{key} >= {low.text} AND {key} <= {high.text}")


RULE = Rule(
    code="MLQ408",
    name="between-unsupported",
    severity="error",
    summary="A range is written with BETWEEN, which MLflow does not have",
    why="""A range is two conditions joined by AND.""",
    wrong="""\
metrics.auc BETWEEN 0.8 AND 0.9
            ^^^^^^^""",
    right="metrics.auc >= 0.8 AND metrics.auc <= 0.9",
    check=check,
    signs=when("BETWEEN"),
)
