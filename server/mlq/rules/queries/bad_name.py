"""MLQ901: a query's name is not one word."""

from __future__ import annotations

from mlq.rules.queries.rule import QueryRule

RULE = QueryRule(
    code="MLQ901",
    kind="bad-name",
    severity="error",
    summary="A query's name is not one word",
    why="""A name is one word of letters, digits, underscores, hyphens and dots before a colon, so that
`mlq run FILE NAME` and `mlq.load(FILE)[NAME]` can say it.""",
    wrong="""\
best churn: metrics.auc > 0.9;
^^^^^^^^^^""",
    right="best_churn: metrics.auc > 0.9;",
)
