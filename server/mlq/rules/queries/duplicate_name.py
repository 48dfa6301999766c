"""MLQ902: two queries of a file have the same name."""

from __future__ import annotations

from mlq.rules.queries.rule import QueryRule

RULE = QueryRule(
    code="MLQ902",
    kind="duplicate-name",
    severity="error",
    summary="Two queries of a file have the same name",
    why="""A name stands for one query: `mlq run FILE NAME` could not tell which is meant.""",
    wrong="""\
best: metrics.auc > 0.9; best: metrics.f1 > 0.9;
                         ^^^^""",
    right="best: metrics.auc > 0.9; best_f1: metrics.f1 > 0.9;",
)
