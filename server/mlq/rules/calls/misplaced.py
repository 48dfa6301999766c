"""MLQ801 and MLQ802: arguments that stand in each other's places."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Edit, Fix
from mlq.hosts.calls import Argument
from mlq.rules.calls.bound import Bound
from mlq.rules.calls.filters import is_filter
from mlq.rules.calls.parameters import KINDS, VIEWS
from mlq.rules.calls.rule import CallRule
from mlq.rules.rule import Report

# Where a filter is taken for something else, and nothing is found: MLflow's SQL store refuses the others.
_RUNS = frozenset({("search_experiments", "view_type"), ("search_datasets", "experiment_ids")})


def meant_for(argument: Argument, bound: Bound) -> str:
    """Return the parameter that an argument in a place was meant for; empty where it is in its own."""
    own = bound.parameter(argument)
    if is_filter(argument):
        return "" if own in {"filter_string", ""} else "filter_string"
    if argument.kind == "view":
        view = VIEWS.get(bound.call.api, "")
        return "" if own == view else view
    wanted = KINDS.get(own)
    if argument.kind == "number" and wanted == "text":
        return "max_results"
    return ""


def _misplaced(bound: Bound) -> list[tuple[Argument, str]]:
    placed = [each for each in bound.call.arguments if each.place is not None]
    found = [(each, meant_for(each, bound)) for each in placed]
    return [(each, name) for each, name in found if name and name in bound.signature.names]


def _is_run(bound: Bound, misplaced: list[tuple[Argument, str]]) -> bool:
    return all((bound.call.api, bound.parameter(each)) in _RUNS for each, _ in misplaced)


def _report(bound: Bound, misplaced: list[tuple[Argument, str]]) -> Report:
    argument, name = misplaced[0]
    what = {"filter_string": "filter", "max_results": "number"}.get(name, "view")
    own = bound.parameter(argument)
    message = f"The {what} lands in {own} of {bound.signature.name}: write {name}={_short(argument.source)}."
    return Report(argument.span, message, _fix(bound, misplaced))


def _short(source: str) -> str:
    return source if len(source) < 40 and "\n" not in source else "…"


def _fix(bound: Bound, misplaced: list[tuple[Argument, str]]) -> Fix | None:
    """Name each argument from the first misplaced one on: behind a keyword there are no places."""
    meant = {each.span: name for each, name in misplaced}
    first = misplaced[0][0].place or 0
    later = [each for each in bound.call.arguments if each.place is not None and each.place >= first]
    named = [(each, meant.get(each.span) or bound.parameter(each)) for each in later]
    names = [name for _, name in named]
    taken = [each.name for each in bound.call.arguments if each.name]
    earlier = bound.signature.places[:first]
    if bound.call.is_open or "" in names or len({*names, *taken, *earlier}) < len([*names, *taken, *earlier]):
        return None
    edits = [Edit(each.span.start, each.span.start, f"{name}=") for each, name in named]
    return Fix(f"Write {named[0][1]}=", edits)


def check_unread(bound: Bound) -> Iterator[Report]:
    misplaced = _misplaced(bound)
    if misplaced and _is_run(bound, misplaced):
        yield _report(bound, misplaced)


def check_refused(bound: Bound) -> Iterator[Report]:
    misplaced = _misplaced(bound)
    if misplaced and not _is_run(bound, misplaced):
        yield _report(bound, misplaced)


UNREAD = CallRule(
    code="MLQ801",
    name="filter-not-read",
    severity="warning",
    summary="A filter is given for something else, and nothing is found",
    why="""The first argument of `search_experiments` is `view_type`, and of `search_datasets`
`experiment_ids`. MLflow's own store takes any text there, compares nothing with the filter, and finds
nothing; a tracking server refuses it. Name the argument: `filter_string=`.""",
    wrong="""\
mlflow.search_experiments("tags.team = 'fraud'")
                          ^^^^^^^^^^^^^^^^^^^^^""",
    right="""mlflow.search_experiments(filter_string="tags.team = 'fraud'")""",
    check=check_unread,
)

REFUSED = CallRule(
    code="MLQ802",
    name="argument-misplaced",
    severity="error",
    summary="Arguments stand in each other's places",
    why="""The place of the filter differs between the searches, and for models between the function and the
method: it is the first of `MlflowClient.search_model_versions`, the second of `mlflow.search_model_versions`,
where `max_results` comes first. Name the argument: `filter_string=`.""",
    wrong="""\
mlflow.search_model_versions("name = 'churn'")
                             ^^^^^^^^^^^^^^^^""",
    right="""mlflow.search_model_versions(filter_string="name = 'churn'")""",
    check=check_refused,
    says="'<' not supported between instances of 'int' and 'str'",
)
