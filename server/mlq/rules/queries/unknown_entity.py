"""MLQ903: sEARCH names something that MLflow cannot search."""

from __future__ import annotations

from mlq.rules.queries.rule import QueryRule

RULE = QueryRule(
    code="MLQ903",
    kind="unknown-entity",
    severity="error",
    summary="SEARCH names something that MLflow cannot search",
    why="""Behind SEARCH stands what is searched: `runs`, `experiments`, `registered_models`,
`model_versions`, `traces`, `logged_models`, `evaluation_datasets`, `prompts` and the others of
MLflow's search APIs.""",
    wrong="""\
SEARCH run WHERE metrics.auc > 0.9;
       ^^^""",
    right="SEARCH runs WHERE metrics.auc > 0.9;",
)
