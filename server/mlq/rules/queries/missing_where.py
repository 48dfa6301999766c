"""MLQ905: a filter stands behind SEARCH without WHERE."""

from __future__ import annotations

from mlq.rules.queries.rule import QueryRule

RULE = QueryRule(
    code="MLQ905",
    kind="missing-where",
    severity="error",
    summary="A filter stands behind SEARCH without WHERE",
    why="""WHERE begins the filter of a query that has a SEARCH. A query that is only a filter needs
neither.""",
    wrong="""\
SEARCH runs metrics.auc > 0.9;
            ^^^^^^^^^^^^^^^^^""",
    right="SEARCH runs WHERE metrics.auc > 0.9;",
)
