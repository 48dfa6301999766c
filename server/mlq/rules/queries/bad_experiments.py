"""MLQ908: iN is not followed by experiment names in quotes."""

from __future__ import annotations

from mlq.rules.queries.rule import QueryRule

RULE = QueryRule(
    code="MLQ908",
    kind="bad-experiments",
    severity="error",
    summary="IN is not followed by experiment names in quotes",
    why="""The experiments to search are their names, in quotes, with commas between them: `IN 'churn',
'churn-v2'`.""",
    wrong="""\
SEARCH runs IN churn WHERE metrics.auc > 0.9;
               ^^^^^""",
    right="SEARCH runs IN 'churn' WHERE metrics.auc > 0.9;",
)
