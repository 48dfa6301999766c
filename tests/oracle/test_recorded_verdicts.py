"""Our verdict on every recorded filter is the real MLflow's, in each version that was asked."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

import pytest
from mlq_grammar.dialect import ENTITIES, load
from mlq_grammar.verdict import judge
from support.cases import Case, recorded


def _wrong(cases: list[Case]) -> str:
    """List the cases that we judge differently, the shortest first."""
    verdicts = ((case, judge(case.filter, load(case.entity, case.mlflow))) for case in cases)
    wrong = [(case, verdict) for case, verdict in verdicts if verdict.ok is not case.ok]
    wrong.sort(key=lambda pair: len(pair[0].filter))
    shown = [f"{case.mlflow} {case.filter!r}: MLflow {case.error or 'runs it'}" for case, _ in wrong[:20]]
    return "\n".join([f"{len(wrong)} of {len(cases)} differ", *shown]) if wrong else ""


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_newest_mlflow(entity: str) -> None:
    assert _wrong([case for case in recorded("cases") if case.entity == entity]) == ""


@pytest.mark.parametrize("entity", ENTITIES)
def test_older_mlflows(entity: str) -> None:
    cases = [case for case in recorded("versions") if case.entity == entity and case.ok is not None]
    by_version = groupby(sorted(cases, key=attrgetter("mlflow")), key=attrgetter("mlflow"))
    assert {version: wrong for version, group in by_version if (wrong := _wrong(list(group)))} == {}
