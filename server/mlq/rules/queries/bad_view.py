"""MLQ909: vIEW is followed by something else than active, deleted or all."""

from __future__ import annotations

from mlq.rules.queries.rule import QueryRule

RULE = QueryRule(
    code="MLQ909",
    kind="bad-view",
    severity="error",
    summary="VIEW is followed by something else than active, deleted or all",
    why="""VIEW says which runs or experiments are searched: `active` (what MLflow does by default),
`deleted` or `all`.""",
    wrong="""\
metrics.auc > 0.9 VIEW dead;
                       ^^^^""",
    right="metrics.auc > 0.9 VIEW deleted;",
)
