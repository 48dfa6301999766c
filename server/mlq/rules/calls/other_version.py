"""MLQ805: an argument that the MLflow which judges does not have yet, or has no more."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.releases import NEWEST, numbers

from mlq.hosts.signatures import dates
from mlq.rules.calls.bound import Bound, keyword_of
from mlq.rules.calls.rule import CallRule
from mlq.rules.rule import Report


def check(bound: Bound) -> Iterator[Report]:
    version = bound.mlflow_version or NEWEST
    for argument in bound.unknown:
        found = dates(bound.call.api, argument.name, is_client=bound.call.is_client)
        if found is None:
            continue
        since, until = found
        if since and numbers(version) < numbers(since):
            said = f"`{argument.name}` came with MLflow {since}; this is for {version}."
        else:
            said = f"`{argument.name}` went with MLflow {until}; this is for {version}."
        yield Report(keyword_of(argument), said)


RULE = CallRule(
    code="MLQ805",
    name="argument-of-another-version",
    severity="error",
    summary="The argument came with a newer MLflow, or went",
    why="""Which arguments a search has depends on the MLflow that the code runs with. Python raises a
TypeError for one that is not there yet. Raise the version that the project asks for, or do without.""",
    wrong="""\
mlflow.search_traces(locations=["0"])
                     ^^^^^^^^^""",
    right="""mlflow.search_traces(experiment_ids=["0"])""",
    check=check,
    says="search_traces() got an unexpected keyword argument 'locations'",
    mlflow_version="3.4.0",
)
