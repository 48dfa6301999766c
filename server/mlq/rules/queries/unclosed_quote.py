"""MLQ907: a quote is never closed in a query file."""

from __future__ import annotations

from mlq.rules.queries.rule import QueryRule

RULE = QueryRule(
    code="MLQ907",
    kind="unclosed-quote",
    severity="error",
    summary="A quote is never closed in a query file",
    why="""A string or a quoted key ends at its own kind of quote. Where that is missing, the query is
taken to end at the next semicolon that ends a line.""",
    wrong="""\
best: params.model = 'xgboost;
                     ^^^^^^^^""",
    right="best: params.model = 'xgboost';",
)
