"""MLQ913: a section says something that this search cannot use."""

from __future__ import annotations

from mlq.rules.queries.rule import QueryRule

RULE = QueryRule(
    code="MLQ913",
    kind="unused-section",
    severity="warning",
    summary="A section says something that this search cannot use",
    why="""Only some searches have experiments or a view: models and prompts belong to no experiment,
and only runs and experiments can be deleted and still be found.""",
    wrong="""\
SEARCH prompts WHERE name = 'greeting' VIEW all;
                                       ^^^^^^^^""",
    right="SEARCH prompts WHERE name = 'greeting';",
)
