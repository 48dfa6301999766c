"""MLQ102: NOT before a condition."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.spans import Span
from mlq_grammar.tree import Clause, Part, Stray, StrayKind

from mlq.findings import Edit, Fix
from mlq.rules.rule import Report, Rule
from mlq.semantics.meaning import Meaning

_OPPOSITES = {"=": "!=", "!=": "=", "IS NULL": "IS NOT NULL", "IS NOT NULL": "IS NULL", "IN": "NOT IN"}


def check(meaning: Meaning) -> Iterator[Report]:
    parts = meaning.parse.tree.parts
    for index, part in enumerate(parts):
        if isinstance(part, Stray) and part.kind is StrayKind.NOT:
            following = parts[index + 1] if index + 1 < len(parts) else None
            yield _report(part.span, following)


def _report(word: Span, following: Part | None) -> Report:
    comparison = following.comparison if isinstance(following, Clause) else None
    opposite = _OPPOSITES.get(comparison.operator.name) if comparison else None
    message = "MLflow has no NOT before a condition."
    if not comparison or not opposite or not isinstance(following, Clause):
        return Report(word, f"{message} Write the opposite condition instead.")
    turned = comparison.operator
    edits = [Edit(word.start, following.span.start, ""), Edit(turned.span.start, turned.span.end, opposite)]
    fix = Fix(f"Use {opposite}", edits)
    return Report(word, f"{message} Use {opposite} instead of {turned.name}.", fix)


RULE = Rule(
    code="MLQ102",
    name="not-unsupported",
    severity="error",
    summary="A condition is negated by NOT, which MLflow does not have",
    why="""MLflow has NOT only inside `NOT IN` and `IS NOT NULL`. A negated condition is written with
the opposite operator. Note that `tags.stage != 'x'` finds only runs that have the tag.""",
    wrong="""\
NOT params.model = 'xgboost'
^^^""",
    right="params.model != 'xgboost'",
    check=check,
)
