"""MLQ111: a comparison with two operators."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind
from mlq_grammar.tree import Atom, AtomKind, Clause

from mlq.findings import Fix
from mlq.rules.rule import Report, Rule, replace, when
from mlq.semantics.meaning import Meaning

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def check(meaning: Meaning) -> Iterator[Report]:
    for clause in meaning.parse.tree.clauses:
        if clause.left and len(clause.comparisons) > 1:
            message = "MLflow cannot chain comparisons. Write two conditions and join them by AND."
            yield Report(clause.span, message, _fix(clause))


def _fix(clause: Clause) -> Fix | None:
    """Write `0 < a < 1` as `a > 0 AND a < 1`."""
    first, second = clause.comparisons[:2]
    middle = first.value
    low = clause.left.atoms[0] if clause.left else None
    if len(clause.comparisons) != 2 or clause.rest or not low or first.operator.name not in FLIPPED:
        return None
    if low.kind is not AtomKind.NUMBER or not isinstance(middle, Atom) or middle.kind is not AtomKind.WORD:
        return None
    if not isinstance(second.value, Atom) or second.value.kind is not AtomKind.NUMBER:
        return None
    lower = f"{middle.text} {FLIPPED[first.operator.name]} {low.text}"
    upper = f"{middle.text} {second.operator.text} {second.value.text}"
    return replace("Write two conditions", clause.span, f"{lower} AND {upper}")


RULE = Rule(
    code="MLQ111",
    name="chained-comparison",
    severity="error",
    summary="A condition has two operators",
    why="""A condition compares one key with one value. A range is two conditions.""",
    wrong="""\
0.8 < metrics.auc < 0.9
^^^^^^^^^^^^^^^^^^^^^^^""",
    right="metrics.auc > 0.8 AND metrics.auc < 0.9",
    check=check,
    signs=when(SyntaxKind.CHAIN),
)
