"""MLQ002: a comment suppresses findings of a rule that does not exist."""

from __future__ import annotations

from mlq.rules.comments.rule import CommentRule

RULE = CommentRule(
    code="MLQ002",
    name="unknown-rule",
    severity="warning",
    summary="A comment names a rule that does not exist",
    why="""A suppression names rules by code (`MLQ401`), by the beginning of codes (`MLQ4`) or by name
(`param-not-text`). What is misspelt suppresses nothing. `mlq rule` lists all rules.""",
    wrong="""\
mlflow.search_runs(filter_string="params.depth = 3")  # mlq: ignore[param-no-text]
                                                                    ^^^^^^^^^^^^^""",
    right="""mlflow.search_runs(filter_string="params.depth = 3")  # mlq: ignore[param-not-text]""",
)
