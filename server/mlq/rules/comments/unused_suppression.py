"""MLQ001: a comment suppresses what is not there."""

from __future__ import annotations

from mlq.rules.comments.rule import CommentRule

RULE = CommentRule(
    code="MLQ001",
    name="unused-suppression",
    severity="information",
    summary="A comment suppresses a finding that is not there",
    why="""The filter has been mended since, or the comment stands where it suppresses nothing: it speaks of
its line, of a text, an expression or a statement that begins or ends there, or where it stands alone, of
what begins on the next line. Left in place, it would hide the next mistake of that kind.""",
    wrong="""\
mlflow.search_runs(filter_string="params.depth = '3'")  # mlq: ignore[MLQ401]
                                                        ^^^^^^^^^^^^^^^^^^^^^""",
    right="""mlflow.search_runs(filter_string="params.depth = '3'")""",
)
