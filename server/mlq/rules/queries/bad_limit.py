"""MLQ910: lIMIT is not followed by a whole number above 0."""

from __future__ import annotations

from mlq.rules.queries.rule import QueryRule

RULE = QueryRule(
    code="MLQ910",
    kind="bad-limit",
    severity="error",
    summary="LIMIT is not followed by a whole number above 0",
    why="""LIMIT says how many results are wanted at most; MLflow takes no zero and no fraction.""",
    wrong="""\
metrics.auc > 0.9 LIMIT many;
                        ^^^^""",
    right="metrics.auc > 0.9 LIMIT 20;",
)
