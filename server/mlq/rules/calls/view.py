"""MLQ811 and MLQ812: a view that is none, and one that hides what is looked for."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Edit, Fix
from mlq.rules.calls.bound import Bound
from mlq.rules.calls.filters import is_filter
from mlq.rules.calls.parameters import VIEWS
from mlq.rules.calls.rule import CallRule
from mlq.rules.rule import Report

_NAMES = ("ACTIVE_ONLY", "DELETED_ONLY", "ALL")
_WANTED = {"deleted": "DELETED_ONLY", "active": "ACTIVE_ONLY"}


def check_unknown(bound: Bound) -> Iterator[Report]:
    argument = bound.given(VIEWS.get(bound.call.api, ""))
    if argument is None or argument.kind != "text" or is_filter(argument):
        return
    name = (argument.text or "").upper().replace(" ", "_").removeprefix("VIEWTYPE.")
    meant = next((each for each in _NAMES if name in {each, each.removesuffix("_ONLY")}), None)
    view_type = bound.call.view_type
    edits = [Edit(*argument.value, f"{view_type}.{meant}")]
    fix = Fix(f"Write ViewType.{meant}", edits) if meant and view_type else None
    yield Report(argument.value, "A view is a constant of mlflow.entities.ViewType, not a text.", fix)


def check_hidden(bound: Bound) -> Iterator[Report]:
    parameter, kept = VIEWS.get(bound.call.api, ""), bound.call.kept
    if not kept or not parameter or bound.call.is_open:
        return
    argument = bound.given(parameter)
    shown = argument.known[0] if argument and argument.kind == "view" and argument.known else None
    if shown in {"ALL", _WANTED[kept]} or (argument is not None and shown is None):
        return
    if argument is None and kept == "active":
        return
    wanted = f"{bound.call.view_type}.{_WANTED[kept]}"
    edit = Edit(*argument.value, wanted) if argument else bound.appended(f"{parameter}={wanted}")
    hidden = "Only active ones are found without" if kept == "deleted" else "Only deleted ones are found by"
    what = f"{parameter}=" if argument is None else argument.source
    message = f"{hidden} {what}: none of them is {kept}."
    place = argument.value if argument else bound.call.name
    fix = Fix(f"Find those that are {kept}", [edit]) if bound.call.view_type else None
    yield Report(place, message, fix)


UNKNOWN = CallRule(
    code="MLQ811",
    name="view-not-a-view-type",
    severity="warning",
    summary="A view is a constant of `ViewType`",
    why="""The view chooses between active and deleted runs or experiments. MLflow's own store compares it
with the constants of `mlflow.entities.ViewType`, and finds nothing by a text; a tracking server refuses
most texts.""",
    wrong="""\
mlflow.search_runs(run_view_type="ALL")
                                 ^^^^^""",
    right="mlflow.search_runs(run_view_type=mlflow.entities.ViewType.ALL)",
    check=check_unknown,
)

HIDDEN = CallRule(
    code="MLQ812",
    name="view-hides-what-is-kept",
    severity="warning",
    summary="The view hides what is looked for",
    why="""Without a view, `search_runs` and `search_experiments` find what is active, and nothing that was
deleted. The lifecycle stage is no key of a filter either: the view alone chooses.""",
    wrong="""\
[run for run in mlflow.search_runs(output_format="list") if run.info.lifecycle_stage == "deleted"]
                       ^^^^^^^^^^^""",
    right="""[run for run in mlflow.search_runs(output_format="list", \
run_view_type=mlflow.entities.ViewType.DELETED_ONLY) if run.info.lifecycle_stage == "deleted"]""",
    check=check_hidden,
)
