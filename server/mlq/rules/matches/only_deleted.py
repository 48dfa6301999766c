"""MLQ315: a filter that only deleted runs match."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.matches.matched import Matched
from mlq.rules.matches.rule import MatchRule
from mlq.rules.matches.why import number
from mlq.rules.rule import Report


def check(matched: Matched) -> Iterator[Report]:
    deleted = matched.counts.get(matched.deleted)
    if not matched.is_empty or deleted is None or not deleted.number:
        return
    noun = matched.meaning.plural if deleted.number != 1 else matched.meaning.plural.removesuffix("s")
    message = (
        f"Only what is deleted matches: {number(deleted)} deleted {noun}. "
        "A search with ViewType.DELETED_ONLY or ViewType.ALL finds them."
    )
    yield Report(matched.span, message)


RULE = MatchRule(
    code="MLQ315",
    name="only-deleted-match",
    severity="hint",
    summary="A filter that only deleted runs match",
    why="""MLflow searches active runs unless `run_view_type` says otherwise: what a deleted run logged is
still in the store, and no search finds it.""",
    wrong="""\
metrics.legacy_score > 0
^^^^^^^^^^^^^^^^^^^^^^^^""",
    right="metrics.auc > 0.5",
    check=check,
)
