"""MLQ808: `order_by` as one text instead of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlq.findings import Edit, Fix
from mlq.hosts.calls import Argument
from mlq.rules.calls.bound import Bound
from mlq.rules.calls.rule import CallRule
from mlq.rules.rule import Report

_DICTS = "search_logged_models"
_LITERAL = re.compile(r"""(["'])([^"'\\`]*)\1""")


def check(bound: Bound) -> Iterator[Report]:
    argument = bound.given("order_by")
    if argument is None or argument.kind not in {"text", "dict"} or argument.text == "":
        return
    if bound.call.api == _DICTS and argument.kind == "text":
        message = (
            """`order_by` is a list of dicts here: [{"field_name": "metrics.auc", "ascending": False}]."""
        )
        yield Report(argument.value, message)
        return
    what = "text" if argument.kind == "text" else "dict"
    message = f"`order_by` is a list: MLflow takes each piece of a lone {what} for an item."
    yield Report(argument.value, message, Fix("Make it a list", [Edit(*argument.value, _listed(argument))]))


def _listed(argument: Argument) -> str:
    found = _LITERAL.fullmatch(argument.source)
    items = [item.strip() for item in found[2].split(",")] if found else []
    if found and all(items):
        return f"[{', '.join(found[1] + item + found[1] for item in items)}]"
    return f"[{argument.source}]"


RULE = CallRule(
    code="MLQ808",
    name="order-by-not-a-list",
    severity="error",
    summary="`order_by` is a list, also for one key",
    why="""MLflow goes through `order_by` item by item. The items of a text are its characters: it answers
that `s` of `start_time` is no key.""",
    wrong="""\
mlflow.search_runs(order_by="start_time DESC")
                            ^^^^^^^^^^^^^^^^^""",
    right="""mlflow.search_runs(order_by=["start_time DESC"])""",
    check=check,
    says="Invalid attribute key 's' specified. Valid keys are",
)
