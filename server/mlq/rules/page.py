"""A rule's page: one text for the documentation, `mlq rule` and whoever follows a finding's address."""

from __future__ import annotations

import json
import re

from mlq_grammar.dialect import load
from mlq_grammar.sentences import sentences
from mlq_grammar.verdict import judge, judge_order_by

from mlq.rules import RULES
from mlq.rules.answers import ANSWERS
from mlq.rules.calls import CALL_RULES
from mlq.rules.calls.rule import CallRule
from mlq.rules.comments import COMMENT_RULES
from mlq.rules.comments.rule import CommentRule
from mlq.rules.matches import MATCH_RULES
from mlq.rules.matches.rule import MatchRule
from mlq.rules.order_by import ORDER_RULES
from mlq.rules.order_by.rule import OrderRule
from mlq.rules.queries import QUERY_RULES
from mlq.rules.queries.rule import QueryRule
from mlq.rules.rule import Rule
from mlq.rules.store import STORE_RULES
from mlq.rules.store.rule import StoreRule

AnyRule = Rule | StoreRule | MatchRule | OrderRule | CallRule | QueryRule | CommentRule

ALL_RULES: tuple[AnyRule, ...] = (
    *COMMENT_RULES,
    *RULES,
    *STORE_RULES,
    *MATCH_RULES,
    *CALL_RULES,
    *ORDER_RULES,
    *QUERY_RULES,
)

# Python prints a node of its own tree here, with its address in memory or, since 3.14, with its fields.
_NODE = re.compile(r"(malformed node or string on line \d+: ).*", re.DOTALL)

_FIELD = re.compile(r"(?<!\{)\{(?!\{)[^{}]*\}")
_SUBJECTS: dict[type[AnyRule], str] = {OrderRule: "list", CallRule: "call"}
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
{_mlflow_says(rule)}"""


def refusal(rule: AnyRule) -> str:
    """Return what MLflow says of a rule's `wrong`; empty where it runs it, or never sees it."""
    if isinstance(rule, CallRule):
        return rule.says
    if isinstance(rule, (QueryRule, CommentRule, StoreRule, MatchRule)) or rule.severity != "error":
        return ""
    lines = [line for line in rule.wrong.splitlines() if not line.strip() or line.strip(" ^")]
    if isinstance(rule, OrderRule):
        said = judge_order_by([_item(line) for line in lines], load(rule.entity)).message
    else:
        said = judge("\n".join(lines), load(rule.entity, rule.mlflow_version, rule.sqlparse_version)).message
    return _NODE.sub(r"\1…", said or "")


def _item(line: str) -> str | dict[str, object]:
    """Return an item of a list: on logged models it is a dict."""
    if not line.startswith("{"):
        return line
    item: dict[str, object] = json.loads(line)
    return item


def answers(rule: AnyRule) -> tuple[str, ...]:
    """Return MLflow's sentences for a rule's mistake in all searches and versions, `…` for what differs."""
    written = (_FIELD.sub("…", sentences()[name]) for name in ANSWERS.get(rule.code, ()))
    return tuple(dict.fromkeys(sentence.replace("{{", "{").replace("}}", "}") for sentence in written))


def _mlflow_says(rule: AnyRule) -> str:
    message, others = refusal(rule), "\n".join(answers(rule))
    if not message:
        return ""
    more = "In other searches and versions, or of other filters:"
    return f"\n## MLflow says\n\n{_block(message)}" + (f"\n{more}\n\n{_block(others)}" if others else "")


def _block(text: str) -> str:
    return f"```text\n{text}\n```\n"


def _severity(rule: AnyRule) -> str:
    if isinstance(rule, CommentRule):
        return rule.severity
    return _SEVERITIES[rule.severity].format(text=_SUBJECTS.get(type(rule), "filter"))
