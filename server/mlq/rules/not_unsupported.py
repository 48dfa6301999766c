"""MLQ102: NOT before a condition."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind
from mlq_grammar.spans import Span
from mlq_grammar.tree import Stray, StrayKind

from mlq.findings import Edit, Fix
from mlq.rules.rule import Report, Rule, when
from mlq.semantics.meaning import Condition, Meaning

_OPPOSITES = {"=": "!=", "!=": "=", "IS NULL": "IS NOT NULL", "IS NOT NULL": "IS NULL", "IN": "NOT IN"}


def check(meaning: Meaning) -> Iterator[Report]:
    conditions = {condition.clause.span.start: condition for condition in meaning.conditions}
    parts = meaning.parse.tree.parts
    for part, following in zip(parts, [*parts, None][1:], strict=True):
        if isinstance(part, Stray) and part.kind is StrayKind.NOT:
            yield _report(part.span, conditions.get(following.span.start) if following else None)


def _report(word: Span, negated: Condition | None) -> Report:
    message = "MLflow has no NOT before a condition."
    operator = negated.operator if negated else None
    opposite = _OPPOSITES.get(operator.name) if operator else None
    if not negated or not operator or not opposite or not negated.operator_fits:
        return Report(word, f"{message} Write the opposite condition instead.")
    edits = [
        Edit(word.start, negated.clause.span.start, ""),
        Edit(operator.span.start, operator.span.end, opposite),
    ]
    return Report(
        word, f"{message} Use {opposite} instead of {operator.name}.", Fix(f"Use {opposite}", edits)
    )


RULE = Rule(
    code="MLQ102",
    name="not-unsupported",
    severity="error",
    summary="A condition is negated by NOT, which MLflow does not have",
    why="""MLflow has NOT only inside `NOT IN` and `IS NOT NULL`. A negated condition is written with the
opposite operator. Note that `tags.stage != 'x'` finds only runs that have the tag.""",
    wrong="""\
NOT params.model = 'xgboost'
^^^""",
    right="params.model != 'xgboost'",
    check=check,
    signs=when(SyntaxKind.NOT),
)
