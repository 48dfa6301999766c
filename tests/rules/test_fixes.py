"""Every fix is proved: what all that are offered make of a refused filter, at once, MLflow runs."""

from __future__ import annotations

from functools import cache

import mlflow
import pytest
from mlq.findings import Finding, apply
from mlq.ide.check import check
from mlq.ide.order_by import check_order_by
from mlq_grammar.dialect import ENTITIES, load
from mlq_grammar.verdict import judge, judge_order_by
from support.cases import Case, recorded, recorded_order_by
from support.oracle import Oracle

LIVE = 300


@cache
def mended(mlflow_version: str) -> list[tuple[Case, str]]:
    """Return the recorded filters that are refused and for which fixes are offered, with these made."""
    refused = [case for case in recorded("cases") if not case.ok]
    made = [(case, _fixed(case.filter, check_in(case, mlflow_version))) for case in refused]
    return [(case, text) for case, text in made if text is not None]


def check_in(case: Case, mlflow_version: str) -> list[Finding]:
    return check(case.filter, entity=case.entity, mlflow_version=mlflow_version)


def _fixed(text: str, found: list[Finding]) -> str | None:
    edits = [edit for finding in found if finding.fixes for edit in finding.fixes[0].edits]
    return apply(edits, text) if edits else None


def test_over_all_recorded_filters() -> None:
    found = mended(recorded("cases")[0].mlflow)

    assert len(found) > 500
    for case, text in found:
        assert judge(text, load(case.entity, case.mlflow)).ok, (case, text)


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_real_mlflow_runs_what_is_mended(entity: str, oracle: Oracle) -> None:
    if not load(entity, mlflow.__version__).exists:
        pytest.skip(f"MLflow {mlflow.__version__} has no search for {entity}")
    found = [(case, text) for case, text in mended(mlflow.__version__) if case.entity == entity]
    for case, text in found[:: max(1, len(found) * len(ENTITIES) // LIVE)]:
        assert oracle.verdict(entity, text) == (True, None), (case.filter, text)


def test_over_all_recorded_order_by_lists() -> None:
    for case in recorded_order_by():
        if case.ok or case.entity == "logged_models":
            continue
        found = check_order_by(case.order_by, entity=case.entity, mlflow_version=case.mlflow)
        if any(each.finding.fixes for each in found):
            items = list(case.order_by)
            for each in found:
                edits = each.finding.fixes[0].edits if each.finding.fixes else []
                items[each.item] = apply(edits, items[each.item])
            assert judge_order_by(items, load(case.entity, case.mlflow)).ok, (case, items)
