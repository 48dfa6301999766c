"""MLQ911: a query has a section twice."""

from __future__ import annotations

from mlq.rules.queries.rule import QueryRule

RULE = QueryRule(
    code="MLQ911",
    kind="duplicate-section",
    severity="error",
    summary="A query has a section twice",
    why="""Each of IN, WHERE, ORDER BY, VIEW and LIMIT stands at most once in a query. Two filters are
joined by AND.""",
    wrong="""\
WHERE metrics.auc > 0.9 WHERE metrics.f1 > 0.8;
                        ^^^^^""",
    right="WHERE metrics.auc > 0.9 AND metrics.f1 > 0.8;",
)
