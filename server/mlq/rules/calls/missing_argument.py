"""MLQ807: an argument that must be given is not."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.calls.bound import Bound
from mlq.rules.calls.rule import CallRule
from mlq.rules.rule import Report

_HOW = {"experiment_ids": """a list of ids, such as ["1"]"""}


def check(bound: Bound) -> Iterator[Report]:
    for name in bound.missing:
        how = f", {_HOW[name]}" if name in _HOW else ""
        message = f"{bound.signature.name} must be given `{name}`{how}."
        if name == "experiment_ids" and bound.call.is_client:
            message += f" Only mlflow.{bound.call.api} takes the active experiment without."
        yield Report(bound.call.name, message)


RULE = CallRule(
    code="MLQ807",
    name="missing-argument",
    severity="error",
    summary="An argument is missing that must be given",
    why="""`MlflowClient.search_runs` and `search_logged_models` search the experiments whose ids they are
given; only the functions in `mlflow` search the active experiment by themselves. Python raises a TypeError
where `experiment_ids` is missing.""",
    wrong="""\
mlflow.MlflowClient().search_runs(filter_string="metrics.auc > 0.9")
                      ^^^^^^^^^^^""",
    right="""mlflow.MlflowClient().search_runs(experiment_ids=["0"], filter_string="metrics.auc > 0.9")""",
    check=check,
    says="search_runs() missing 1 required positional argument: 'experiment_ids'",
)
