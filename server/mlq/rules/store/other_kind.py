"""MLQ312: a metric that is searched as a param, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Edit
from mlq.rules.rule import Report
from mlq.rules.store.known import Known
from mlq.rules.store.rule import StoreRule


def check(known: Known) -> Iterator[Report]:
    others = list(known.others)
    if known.info or not others:
        return
    subject, other = known.subject, others[0]
    label = f"{other.prefixes[0]}.{subject.name}"
    message = f"None of {known.looked_at} has {subject.label}; they have {label}."
    fix = known.fix(f"Write {label}", Edit(*subject.prefix_span, other.prefixes[0]))
    yield Report(subject.span, message, fix)


RULE = StoreRule(
    code="MLQ312",
    name="key-of-another-kind",
    severity="warning",
    summary="A key that the store has, but of another kind: a tag searched as a param",
    why="""Metrics, params and tags are apart: `params.team` is another key than `tags.team`, and a filter on
the wrong one finds nothing.""",
    wrong="""\
params.team = 'growth'
^^^^^^^^^^^""",
    right="tags.team = 'growth'",
    check=check,
)
