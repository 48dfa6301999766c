"""MLQ912: a section of a query is empty."""

from __future__ import annotations

from mlq.rules.queries.rule import QueryRule

RULE = QueryRule(
    code="MLQ912",
    kind="empty-section",
    severity="error",
    summary="A section of a query is empty",
    why="""Behind ORDER BY stand one or more keys with commas between them; a section that says nothing
can be left out.""",
    wrong="""\
metrics.auc > 0.9 ORDER BY;
                  ^^^^^^^^""",
    right="metrics.auc > 0.9 ORDER BY start_time DESC;",
)
