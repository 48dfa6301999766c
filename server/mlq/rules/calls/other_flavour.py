"""MLQ804: an argument of the module's function for the client's method, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Fix
from mlq.hosts.calls import Argument
from mlq.hosts.signatures import dates, signature
from mlq.rules.calls.bound import Bound, keyword_of
from mlq.rules.calls.rule import CallRule
from mlq.rules.calls.unknown_argument import is_renamed
from mlq.rules.rule import Report

_INSTEAD = {
    "experiment_names": "Look the ids up with get_experiment_by_name.",
    "search_all_experiments": "List the ids with search_experiments.",
    "output_format": "The client returns a list.",
    "return_type": "The client returns a list.",
    "page_token": "The function fetches all pages itself.",
}
_IDLE = {"output_format": "list", "return_type": "list"}


def check(bound: Bound) -> Iterator[Report]:
    call = bound.call
    for argument in bound.unknown:
        if dates(call.api, argument.name, is_client=call.is_client) or is_renamed(argument, bound):
            continue
        if dates(call.api, argument.name, is_client=not call.is_client):
            yield _report(argument, bound)


def _report(argument: Argument, bound: Bound) -> Report:
    other = signature(bound.call.api, is_client=not bound.call.is_client)
    message = f"{bound.signature.name} has no argument `{argument.name}`"
    owner = f", {other.name} has." if other else "."
    instead = _INSTEAD.get(argument.name, "")
    fix = None
    if argument.name in _IDLE and argument.text == _IDLE[argument.name] and not bound.call.is_open:
        fix = Fix(f"Remove {argument.name}", [bound.removal(argument)])
    return Report(keyword_of(argument), f"{message}{owner} {instead}".rstrip(), fix)


RULE = CallRule(
    code="MLQ804",
    name="argument-of-the-other-search",
    severity="error",
    summary="The client's method and the module's function have different arguments",
    why="""`mlflow.search_runs` finds experiments by name, searches the active one by itself, fetches all
pages and makes a DataFrame. `MlflowClient.search_runs` takes `experiment_ids` only, and gives one page of a
list. Python raises a TypeError for an argument of the other.""",
    wrong="""\
mlflow.MlflowClient().search_runs(experiment_ids=["0"], experiment_names=["churn"])
                                                        ^^^^^^^^^^^^^^^^""",
    right="""mlflow.search_runs(experiment_names=["churn"])""",
    check=check,
    says="search_runs() got an unexpected keyword argument 'experiment_names'",
)
