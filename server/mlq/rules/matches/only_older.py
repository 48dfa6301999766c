"""MLQ316: a filter that only runs match which are much older than the newest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from mlq.rules.matches.matched import Matched
from mlq.rules.matches.rule import MatchRule
from mlq.rules.matches.why import amount
from mlq.rules.rule import Report

_LONG = timedelta(days=30)
# Who asks for a time, or for one run, knows how old it is.
_TIMES = frozenset({"start_time", "end_time", "run_id", "run_name"})
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def check(matched: Matched) -> Iterator[Report]:
    whole, everything = matched.counts.get(matched.whole), matched.counts.get(matched.everything)
    if matched.meaning.dialect.entity != "runs" or not whole or not everything:
        return
    asks_for_time = any(each.name in _TIMES for each in matched.whole.predicates)
    if asks_for_time or whole.newest is None or everything.newest is None:
        return
    apart = timedelta(milliseconds=everything.newest - whole.newest)
    if apart > _LONG:
        began = _EPOCH + timedelta(milliseconds=whole.newest)
        message = (
            f"Only older runs match: the newest of {amount(whole, 'runs')} began on {began:%Y-%m-%d}, "
            f"{apart.days} days before the newest run."
        )
        yield Report(matched.span, message)


RULE = MatchRule(
    code="MLQ316",
    name="only-older-match",
    severity="hint",
    summary="A filter that only runs match which began a month or more before the newest run",
    why="""A key that was renamed, or a value that is not used any more, is still found in old runs: the
filter is not empty, and finds nothing of what is being tried now.""",
    wrong="""\
params.optimizer = 'sgd'
^^^^^^^^^^^^^^^^^^^^^^^^""",
    right="params.optimizer = 'adam'",
    check=check,
)
