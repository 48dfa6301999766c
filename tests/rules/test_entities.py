"""The rules on every search API: an error exactly where MLflow refuses."""

from __future__ import annotations

import pytest
from mlq.ide.check import check
from mlq_grammar.dialect import ENTITIES, NEWEST
from support.cases import recorded


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_recorded_refusal_is_reported_and_nothing_else_is_an_error(entity: str) -> None:
    cases = [case for case in recorded("cases") if case.entity == entity and case.mlflow == NEWEST]
    assert cases

    wrong = [
        case
        for case in cases
        if any(finding.severity == "error" for finding in check(case.filter, entity=entity)) == case.ok
    ]
    assert wrong == []
