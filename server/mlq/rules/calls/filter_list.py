"""MLQ817: a list for the filter."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Edit, Fix
from mlq.rules.calls.bound import Bound
from mlq.rules.calls.rule import CallRule
from mlq.rules.rule import Report


def check(bound: Bound) -> Iterator[Report]:
    argument = bound.given("filter_string")
    if argument is None or argument.kind not in {"list", "dict"}:
        return
    message = f"The filter is one text, not a {argument.kind}: join conditions with AND."
    fix = None
    if len(argument.items) == 1:
        fix = Fix("Write the text alone", [Edit(*argument.value, argument.items[0])])
    elif argument.items:
        fix = Fix("Join them with AND", [Edit(*argument.value, f'" AND ".join({argument.source})')])
    yield Report(argument.value, message, fix)


RULE = CallRule(
    code="MLQ817",
    name="filter-not-a-text",
    severity="error",
    summary="The filter is one text",
    why="""`filter_string` is one text with `AND` between its conditions. MLflow cannot read a list or a
dict.""",
    wrong="""\
mlflow.search_runs(filter_string=["metrics.auc > 0.9", "params.depth = '3'"])
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^""",
    right="""\
mlflow.search_runs(filter_string=" AND ".join(["metrics.auc > 0.9", "params.depth = '3'"]))""",
    check=check,
    says="""Error on parsing filter '['metrics.auc > 0.9', "params.depth = '3'"]'""",
)
