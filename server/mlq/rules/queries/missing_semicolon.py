"""MLQ906: a query has no semicolon, and another follows."""

from __future__ import annotations

from mlq.rules.queries.rule import QueryRule

RULE = QueryRule(
    code="MLQ906",
    kind="missing-semicolon",
    severity="error",
    summary="A query has no semicolon, and another follows",
    why="""A semicolon ends a query; only the last one of a file may leave it out. Without it the next
query would be part of the filter.""",
    wrong="""\
best: metrics.auc > 0.9
                      ^
worst: metrics.auc < 0.1;""",
    right="""\
best: metrics.auc > 0.9;
worst: metrics.auc < 0.1;""",
)
