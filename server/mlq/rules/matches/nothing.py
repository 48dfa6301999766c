"""MLQ314: a filter that matches nothing now."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.matches.matched import Matched
from mlq.rules.matches.rule import MatchRule
from mlq.rules.matches.why import of_all, reasons
from mlq.rules.rule import Report


def check(matched: Matched) -> Iterator[Report]:
    deleted = matched.counts.get(matched.deleted)
    # Until all is told, the clause that is to blame may be another one.
    if not matched.is_empty or any(matched.wanted()) or (deleted is not None and deleted.number):
        return
    found = list(reasons(matched))
    for span, text, fix in found:
        yield Report(span, f"This filter matches nothing now: {text}.", fix)
    if not found:
        yield Report(matched.span, f"This filter matches nothing now: 0 of {of_all(matched)}.")


RULE = MatchRule(
    code="MLQ314",
    name="matches-nothing",
    severity="hint",
    summary="A filter that matches nothing in the store now",
    why="""Each condition may be right and yet none has it: MLflow answers with an empty list and no error.
The clause that empties the filter is marked; what will be logged tomorrow may match.""",
    wrong="""\
metrics.auc > 0.5 AND params.model = 'xgb'
                      ^^^^^^^^^^^^^^^^^^^^""",
    right="metrics.auc > 0.5 AND params.model = 'xgboost'",
    check=check,
    gives_way=True,
)
