"""A rule's page: one text for the documentation, `mlq rule` and whoever follows a finding's address."""

from __future__ import annotations

from mlq.rules import RULES
from mlq.rules.queries import QUERY_RULES
from mlq.rules.queries.rule import QueryRule
from mlq.rules.rule import Rule

ALL_RULES: tuple[Rule | QueryRule, ...] = (*RULES, *QUERY_RULES)

_SEVERITIES = {
    "error": "error: MLflow refuses the filter",
    "warning": "warning: MLflow runs the filter, and finds what was not meant",
    "information": "information",
    "hint": "hint",
}


def page(rule: Rule | QueryRule) -> str:
    """Return the page of a rule in Markdown, in a fixed shape."""
    return f"""# {rule.code} {rule.name}

{rule.summary}.

*{_SEVERITIES[rule.severity]}*

## Avoid

```text
{rule.wrong}
```

## Prefer

```text
{rule.right}
```

## Why

{rule.why}
"""
