"""MLQ904: sEARCH does not say what is searched."""

from __future__ import annotations

from mlq.rules.queries.rule import QueryRule

RULE = QueryRule(
    code="MLQ904",
    kind="missing-entity",
    severity="error",
    summary="SEARCH does not say what is searched",
    why="""A query that begins with SEARCH says what it searches. One that searches runs can leave out
both and begin with its filter.""",
    wrong="""\
SEARCH WHERE metrics.auc > 0.9;
^^^^^^""",
    right="SEARCH runs WHERE metrics.auc > 0.9;",
)
