"""MLQ814, MLQ815 and MLQ816: experiments that are given in the wrong form, or in two ways."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Edit, Fix
from mlq.hosts.calls import Argument
from mlq.rules.calls.bound import Bound
from mlq.rules.calls.filters import is_filter
from mlq.rules.calls.parameters import REFUSES_TEXT_FOR_IDS, REFUSES_TEXT_FOR_IDS_OF_CLIENT
from mlq.rules.calls.rule import CallRule
from mlq.rules.rule import Report

_LISTS = ("experiment_ids", "experiment_names")


def _texts(bound: Bound) -> Iterator[Argument]:
    """Yield what is one text where a list is wanted."""
    for name in _LISTS:
        argument = bound.given(name)
        if argument and argument.kind == "text" and argument.text != "" and not is_filter(argument):
            yield argument


def _is_refused(bound: Bound) -> bool:
    refusing = REFUSES_TEXT_FOR_IDS_OF_CLIENT if bound.call.is_client else REFUSES_TEXT_FOR_IDS
    return bound.call.api in refusing


def _as_list(argument: Argument, bound: Bound, said: str) -> Report:
    name = bound.parameter(argument)
    fix = Fix("Make it a list", [Edit(*argument.value, f"[{argument.source}]")])
    return Report(argument.value, f"`{name}` is a list: {said}.", fix)


def check_text(bound: Bound) -> Iterator[Report]:
    if not _is_refused(bound):
        for argument in _texts(bound):
            if bound.call.api == "search_datasets" or len(argument.text or "") == 1:
                continue  # there, one id is allowed; elsewhere, one character is one id
            yield _as_list(argument, bound, "MLflow takes each character of a lone text for one")


def check_refused_text(bound: Bound) -> Iterator[Report]:
    if _is_refused(bound):
        for argument in _texts(bound):
            yield _as_list(argument, bound, f"{bound.signature.name} refuses a lone text")


def check_both(bound: Bound) -> Iterator[Report]:
    ids, names = (bound.given(name) for name in _LISTS)
    if ids and names and ids.items and names.items:
        yield Report(names.span, "Give `experiment_ids` or `experiment_names`: MLflow refuses both.")


TEXT = CallRule(
    code="MLQ814",
    name="experiments-not-a-list",
    severity="warning",
    summary="Experiments are given as a list, also one",
    why="""MLflow goes through the list item by item. The items of a text are its characters: nothing has
such a name, and the ids `1` and `2` are not the id `12`.""",
    wrong="""\
mlflow.search_runs(experiment_names="churn")
                                    ^^^^^^^""",
    right="""mlflow.search_runs(experiment_names=["churn"])""",
    check=check_text,
)

REFUSED_TEXT = CallRule(
    code="MLQ815",
    name="experiments-must-be-a-list",
    severity="error",
    summary="This search refuses one text for a list of experiments",
    why="""`search_logged_models` and `MlflowClient.search_traces` look at what they are given, and refuse
one text where `experiment_ids` should be a list.""",
    wrong="""\
mlflow.search_logged_models(experiment_ids="0")
                                           ^^^""",
    right="""mlflow.search_logged_models(experiment_ids=["0"])""",
    check=check_refused_text,
    says="experiment_ids must be a list of strings, got <class 'str'>",
)

BOTH = CallRule(
    code="MLQ816",
    name="experiments-given-twice",
    severity="error",
    summary="Experiments are given by id and by name",
    why="""`mlflow.search_runs` takes `experiment_ids` or `experiment_names`, and refuses both.""",
    wrong="""\
mlflow.search_runs(experiment_ids=["0"], experiment_names=["churn"])
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^""",
    right="""mlflow.search_runs(experiment_names=["churn"])""",
    check=check_both,
    says="Only experiment_ids or experiment_names can be used, but not both",
)
