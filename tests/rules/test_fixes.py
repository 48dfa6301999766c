"""Every fix is proved: what all that are offered make of a refused filter, at once, MLflow runs."""

from __future__ import annotations

import os
from functools import cache

import mlflow
from mlq.findings import apply
from mlq.ide.check import check
from mlq.ide.order_by import check_order_by
from mlq.rules.order_by import engine
from mlq_grammar.dialect import load
from mlq_grammar.verdict import judge, judge_order_by
from support.cases import Case, recorded, recorded_order_by
from support.oracle import Oracle

LIVE = 300
EVERY = 1 if os.environ.get("MLQ_ALL_VERSIONS") else 4
"""Each fourth case: all of them take minutes."""


@cache
def mended() -> list[tuple[Case, str]]:
    """Return recorded filters that are refused and for which fixes are offered, with all of these made."""
    made = [(case, _fixed(case)) for case in recorded("cases")[::EVERY]]
    return [(case, text) for case, text in made if text is not None]


def _fixed(case: Case) -> str | None:
    dialect = load(case.entity, mlflow.__version__)
    if not dialect.exists or judge(case.filter, dialect).ok:
        return None
    found = check(case.filter, entity=case.entity, mlflow_version=mlflow.__version__)
    edits = [edit for finding in found if finding.fixes for edit in finding.fixes[0].edits]
    return apply(edits, case.filter) if edits else None


def test_over_all_recorded_filters() -> None:
    assert len(mended()) > 300
    for case, text in mended():
        assert judge(text, load(case.entity, mlflow.__version__)).ok, (case, text)


def test_the_real_mlflow_runs_what_is_mended(oracle: Oracle) -> None:
    short = [pair for pair in mended() if len(pair[1]) < 300]
    found = short[:: max(1, len(short) // LIVE)]
    refused = [(case, text) for case, text in found if not oracle.verdict(case.entity, text)[0]]

    assert refused == []


def test_over_all_recorded_order_by_lists() -> None:
    for case in recorded_order_by():
        if case.ok:
            continue
        found = check_order_by(case.order_by, entity=case.entity, mlflow_version=case.mlflow)
        if any(each.finding.fixes for each in found):
            made = engine.mended(case.order_by, found)
            assert judge_order_by(made, load(case.entity, case.mlflow)).ok, (case, made)
