"""Our verdict on generated filters is that of the installed MLflow, asked here and now."""

from __future__ import annotations

from itertools import islice

import mlflow
import pytest
from mlq_grammar.dialect import ENTITIES, load
from mlq_grammar.verdict import judge
from support.filters import filters
from support.oracle import Oracle
from support.sweeps import sample

COUNT = 40
SEED = 20261124


@pytest.mark.parametrize("entity", ENTITIES)
def test_generated_filters(entity: str, oracle: Oracle) -> None:
    dialect = load(entity, mlflow.__version__)
    if not dialect.exists:
        pytest.skip(f"MLflow {mlflow.__version__} has no search for {entity}")
    texts = islice(filters(entity, SEED, mlflow_version=mlflow.__version__), COUNT)
    verdicts = ((text, judge(text, dialect), oracle.verdict(entity, text)) for text in texts)
    assert [(text, theirs) for text, ours, theirs in verdicts if ours.ok is not theirs[0]] == []


@pytest.mark.parametrize("entity", [name for name in ENTITIES if load(name, mlflow.__version__).exists])
@pytest.mark.parametrize("sweep", ["words", "operators", "joints", "characters"])
def test_some_of_all_words_operators_joints_and_characters(sweep: str, entity: str, oracle: Oracle) -> None:
    dialect = load(entity, mlflow.__version__)
    texts = sample(sweep, dialect, SEED, 5)
    verdicts = ((text, judge(text, dialect), oracle.verdict(entity, text)) for text in texts)
    assert [(text, theirs) for text, ours, theirs in verdicts if ours.ok is not theirs[0]] == []


@pytest.mark.parametrize(
    ("entity", "before", "clause", "count"),
    [
        ("runs", [], "run_id = 'a'", 996),
        ("runs", [], "tags.a IS NULL", 990),
        ("runs", [], "metrics.a > 1", 63),
        ("runs", [], "dataset.name = 'a'", 31),
        ("runs", ["params.a = 'x'"] * 60, "run_id = 'a'", 876),
        ("runs", ["run_id = 'a'"] * 5 + ["tags.a IS NULL"], "run_id = 'a'", 986),
        ("experiments", [], "name = 'a'", 997),
        ("registered_models", [], "tags.a = 'x'", 995),
        ("model_versions", [], "version_number > 1", 994),
        ("traces", [], "span.name = 'a'", 495),
        ("traces", [], "feedback.a IS NULL", 483),
        ("traces", ["span.name = 'a'"] * 10, "status = 'a'", 970),
        ("logged_models", [], "name = 'a'", 996),
    ],
)
def test_the_number_of_clauses_that_still_run(
    entity: str, before: list[str], clause: str, count: int, oracle: Oracle
) -> None:
    dialect = load(entity, mlflow.__version__)
    for n in (count, count + 1):
        text = " AND ".join(before + [clause] * n)
        assert judge(text, dialect).ok is oracle.verdict(entity, text)[0] is (n == count)
