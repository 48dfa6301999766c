"""A rule's page: one text for the documentation, `mlq rule` and whoever follows a finding's address."""

from __future__ import annotations

from mlq.rules import RULES
from mlq.rules.order_by import ORDER_RULES
from mlq.rules.order_by.rule import OrderRule
from mlq.rules.queries import QUERY_RULES
from mlq.rules.queries.rule import QueryRule
from mlq.rules.rule import Rule

AnyRule = Rule | OrderRule | QueryRule

ALL_RULES: tuple[AnyRule, ...] = (*RULES, *ORDER_RULES, *QUERY_RULES)

_SEVERITIES = {
    "error": "error: MLflow refuses the {text}",
    "warning": "warning: MLflow runs the {text}, and finds what was not meant",
    "information": "information",
    "hint": "hint",
}


def page(rule: AnyRule) -> str:
    """Return the page of a rule in Markdown, in a fixed shape."""
    return f"""# {rule.code} {rule.name}

{rule.summary}.

*{_severity(rule)}*

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


def _severity(rule: AnyRule) -> str:
    return _SEVERITIES[rule.severity].format(text="list" if isinstance(rule, OrderRule) else "filter")
