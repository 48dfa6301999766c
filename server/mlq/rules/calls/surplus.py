"""MLQ806: more arguments than there are places, or one that is given twice."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.spans import Span

from mlq.rules.calls.bound import Bound, keyword_of
from mlq.rules.calls.rule import CallRule
from mlq.rules.rule import Report
from mlq.rules.writing import listed


def check(bound: Bound) -> Iterator[Report]:
    placed = [each for each in bound.call.arguments if each.place is not None]
    places = bound.signature.places
    surplus = placed[len(places) :]
    if surplus:
        whole = Span(surplus[0].span.start, surplus[-1].span.end)
        count = f"at most {len(places)}" if places else "no"
        message = f"{bound.signature.name} takes {count} arguments by place: {listed(places)}."
        yield Report(whole, message if places else f"{bound.signature.name} takes keywords only.")
    taken = set(places[: len(placed)])
    for argument in bound.call.arguments:
        if argument.name in taken:
            place = places.index(argument.name) + 1
            message = f"`{argument.name}` is given twice: argument {place} is {argument.name} already."
            yield Report(keyword_of(argument), message)


RULE = CallRule(
    code="MLQ806",
    name="surplus-argument",
    severity="error",
    summary="An argument has no place left, or is given twice",
    why="""Python fills the parameters by place first: the second argument of `search_runs` is the filter,
whatever keywords follow. For an argument too many, and for one that is given by place and by keyword, it
raises a TypeError.""",
    wrong="""\
mlflow.search_runs(["0"], "metrics.auc > 0.9", filter_string="metrics.f1 > 0.5")
                                               ^^^^^^^^^^^^^""",
    right="""mlflow.search_runs(["0"], "metrics.auc > 0.9 AND metrics.f1 > 0.5")""",
    check=check,
    says="search_runs() got multiple values for argument 'filter_string'",
)
