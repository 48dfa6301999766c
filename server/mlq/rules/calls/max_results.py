"""MLQ809 and MLQ810: more results than MLflow, or its server, gives at once; and none."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Edit, Fix
from mlq.hosts.calls import Argument
from mlq.rules.calls.bound import Bound
from mlq.rules.calls.parameters import MOST_OF_SERVER, MOST_RESULTS, NEEDS_ONE
from mlq.rules.calls.rule import CallRule
from mlq.rules.rule import Report

_ARGUMENT = "max_results"


def check_refused(bound: Bound) -> Iterator[Report]:
    argument, count = _asked(bound)
    most = MOST_RESULTS.get(bound.call.api)
    if argument and argument.kind == "text":
        yield from _text(argument)
    if argument is None or count is None or most is None or not bound.call.is_client:
        return
    if count > most:
        yield _too_many(argument, most, f"{bound.signature.name} asks for at most {most} results")
    elif count < 1 and bound.call.api in NEEDS_ONE:
        yield Report(argument.value, f"{bound.signature.name} must ask for one result at least.")


def check_server(bound: Bound) -> Iterator[Report]:
    argument, count = _asked(bound)
    most = MOST_OF_SERVER.get(bound.call.api)
    if argument is None or count is None or most is None or not bound.call.is_client:
        return
    if most < count <= MOST_RESULTS[bound.call.api]:
        yield _too_many(argument, most, f"A tracking server gives at most {most} results at once")


def _asked(bound: Bound) -> tuple[Argument | None, int | float | None]:
    argument = bound.given(_ARGUMENT)
    return argument, argument.number if argument else None


def _text(argument: Argument) -> Iterator[Report]:
    if argument.text is not None and argument.text.strip().isdecimal():
        fix = Fix("Write a number", [Edit(*argument.value, argument.text.strip())])
        yield Report(argument.value, "`max_results` is a number, not a text.", fix)


def _too_many(argument: Argument, most: int, said: str) -> Report:
    is_written = argument.source.replace("_", "").isdecimal()
    fix = Fix(f"Ask for {most}", [Edit(*argument.value, str(most))]) if is_written else None
    return Report(argument.value, f"{said}: fetch more with page_token=.", fix)


REFUSED = CallRule(
    code="MLQ809",
    name="max-results-refused",
    severity="error",
    summary="MLflow does not give that many results at once",
    why="""The methods of `MlflowClient` hand `max_results` on, and MLflow refuses more than 50,000 runs,
experiments, traces or datasets, 1,000 registered models or prompts, and 200,000 model versions. The result
has a `token` for the next page: give it as `page_token`. The functions in `mlflow` fetch page by page, and
have no limit.""",
    wrong="""\
mlflow.MlflowClient().search_runs(["0"], max_results=100000)
                                                     ^^^^^^""",
    right="""mlflow.MlflowClient().search_runs(["0"], max_results=50000)""",
    check=check_refused,
    says="Invalid value 100000 for parameter 'max_results' supplied. It must be at most 50000",
)

SERVER = CallRule(
    code="MLQ810",
    name="max-results-of-server",
    severity="warning",
    summary="A tracking server gives fewer results at once",
    why="""MLflow's own store gives up to 50,000 traces to `MlflowClient.search_traces`, but a tracking
server refuses more than 500. The result has a `token` for the next page: give it as `page_token`. The
function `mlflow.search_traces` fetches page by page, and has no limit.""",
    wrong="""\
mlflow.MlflowClient().search_traces(["0"], max_results=1000)
                                                       ^^^^""",
    right="""mlflow.MlflowClient().search_traces(["0"], max_results=500)""",
    check=check_server,
)
