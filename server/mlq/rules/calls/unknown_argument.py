"""MLQ803: a keyword that no release of the function has."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Edit, Fix
from mlq.hosts.calls import Argument
from mlq.hosts.signatures import dates
from mlq.rules.calls.bound import Bound, keyword_of
from mlq.rules.calls.parameters import ALIASES, KINDS
from mlq.rules.calls.rule import CallRule
from mlq.rules.near import near
from mlq.rules.rule import Report
from mlq.rules.writing import listed


def check(bound: Bound) -> Iterator[Report]:
    for argument in bound.unknown:
        is_known = any(dates(bound.call.api, argument.name, is_client=where) for where in (True, False))
        if not is_known or is_renamed(argument, bound):
            yield _report(argument, bound)


def is_renamed(argument: Argument, bound: Bound) -> bool:
    """Whether a keyword is another name of a parameter that the function has."""
    return argument.name in ALIASES and bool(_meant(argument, bound))


def _report(argument: Argument, bound: Bound) -> Report:
    message = f"{bound.signature.name} has no argument `{argument.name}`."
    meant = _meant(argument, bound)
    if not meant:
        return Report(keyword_of(argument), f"{message} It has {listed(bound.signature.names)}.")
    if KINDS.get(meant) == "list" and argument.kind not in {"list", "unknown"}:
        wrapped = f"{meant}=[{argument.source}]"
        fix = Fix(f"Write {meant}=[…]", [Edit(*argument.span, wrapped)])
        return Report(keyword_of(argument), f"{message} Write {meant}=, a list.", fix)
    is_certain = KINDS.get(meant) != "list" or argument.kind == "list"
    fix = Fix(f"Write {meant}=", [Edit(*keyword_of(argument), meant)], safe=is_certain)
    return Report(keyword_of(argument), f"{message} Did you mean {meant}?", fix)


def _meant(argument: Argument, bound: Bound) -> str:
    named = (name for name in ALIASES.get(argument.name.lower(), ()) if bound.can_take(name))
    free = [name for name in bound.signature.names if bound.can_take(name)]
    return next(named, None) or near(argument.name, free) or ""


RULE = CallRule(
    code="MLQ803",
    name="unknown-argument",
    severity="error",
    summary="The function has no such argument",
    why="""Python raises a TypeError for a keyword that a function does not have. The filter is
`filter_string` everywhere in Python, `filter` only in the REST API; the view is `run_view_type` of
`search_runs` and `view_type` of `search_experiments`.""",
    wrong="""\
mlflow.search_runs(filter="metrics.auc > 0.9")
                   ^^^^^^""",
    right="""mlflow.search_runs(filter_string="metrics.auc > 0.9")""",
    check=check,
    says="search_runs() got an unexpected keyword argument 'filter'",
)
