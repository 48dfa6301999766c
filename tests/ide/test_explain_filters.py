"""What filters mean in plain words, which MLflow runs them, and how all of them would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mlq.ide.check import Judge
from mlq.ide.explain.releases import releases, rewritten
from mlq.ide.explain.words import in_words, meant_in_words
from mlq_grammar.dialect import changes, load
from mlq_grammar.releases import NEWEST
from mlq_grammar.verdict import judge
from support.cases import recorded
from support.surprising_store import SurprisingStore

if TYPE_CHECKING:
    from pathlib import Path

WORDS = [
    ("runs", "metrics.auc >= 0.9", "the metric auc is at least 0.9"),
    ("runs", "params.`batch size` != '32'", "the param `batch size` is there, and is not '32'"),
    ("runs", "status != 'FAILED'", "status is not 'FAILED'"),
    ("runs", "tags.team LIKE 'grow%'", "the tag team begins with 'grow'"),
    ("runs", "tags.team ILIKE '%row%'", "the tag team contains 'row', in small or capital letters"),
    ("runs", "tags.team LIKE 'g_w'", "the tag team matches 'g_w', where % is any text and _ any character"),
    ("runs", "run_id IN ('a', 'b')", "run_id is one of 'a', 'b'"),
    ("runs", "run_id NOT IN ('a')", "run_id is not 'a'"),
    ("runs", "params.lr IS NULL", "the param lr is missing"),
    ("runs", "created > 1704067200000", "start_time is greater than 1704067200000 (2024-01-01 00:00:00 UTC)"),
    ("runs", "params.a b IS NULL", "the param `a b` is missing"),
    ("traces", "run_id = 'r1'", "the metadata `mlflow.sourceRun` is 'r1'"),
    ("traces", "execution_time > 500", "execution_time_ms is greater than 500"),
    ("logged_models", "params.lr = '0.1'", "the param lr is '0.1'"),
]


@pytest.mark.parametrize(("entity", "text", "words"), WORDS)
def test_a_condition_is_told_as_mlflow_reads_it(entity: str, text: str, words: str) -> None:
    assert in_words(text, load(entity)) == (words,)


def test_what_is_refused_has_no_meaning_but_may_seem_to() -> None:
    runs = load("runs")

    assert in_words("params.lr > 0.1", runs) is None
    assert meant_in_words("params.lr > 0.1", runs) == ("the param lr is greater than 0.1",)
    assert meant_in_words("params.lr = '1' OR params.lr = '2'", runs) == ()


def test_the_row_of_releases() -> None:
    row = {each.version: each.answer for each in releases("tags.a IS NULL", "traces", Judge("3.12.0"))}

    assert (row["2.3.0"], row["3.0.0"], row["3.9.0"], row["3.11.1"]) == (
        "absent",
        "refuses",
        "refuses",
        "runs",
    )
    assert row["3.12.0"] == row[NEWEST] == "runs"


REWRITTEN = [
    ("runs", "run_id IN (\"a\", 'b',)", "run_id IN ('a', 'b')"),
    ("runs", "params.lr IS NOT NULL AND metrics.auc > 0.9", "params.lr LIKE '%' AND metrics.auc > 0.9"),
    ("experiments", "tags.team IS NOT NULL", "tags.team LIKE '%'"),
    ("registered_models", "name IN ('a')", "name = 'a'"),
    ("logged_models", "name like 'a%'", "name LIKE 'a%'"),
    ("experiments", "creation_time > 5.0", "creation_time > 5"),
    ("traces", "trace.status = 'OK'", "status = 'OK'"),
]


@pytest.mark.parametrize(("entity", "text", "instead"), REWRITTEN)
def test_a_filter_is_rewritten_so_that_all_run_it(entity: str, text: str, instead: str) -> None:
    running = [each.version for each in releases(text, entity, Judge()) if each.answer == "runs"]
    found = rewritten(text, load(entity, running[-1]))

    assert found
    assert found.text == instead


@pytest.mark.parametrize("text", ["params.lr IS NULL", "run_id NOT IN ('a', 'b') AND tags.x IS NULL"])
def test_what_cannot_be_rewritten_is_named(text: str) -> None:
    found = rewritten(text, load("runs"))

    assert found
    assert found.text is None
    assert all(hindrance.endswith("IS NULL") for hindrance in found.hindrances)


def test_what_all_run_needs_no_rewriting() -> None:
    assert rewritten("metrics.auc > 0.9", load("runs")) is None


def test_what_is_rewritten_runs_in_every_release() -> None:
    cases = [case for case in recorded("cases") if case.mlflow == NEWEST and case.ok][::40]
    found = [(case, rewritten(case.filter, load(case.entity))) for case in cases]
    texts = [(case.entity, each.text) for case, each in found if each and each.text is not None]

    assert len(texts) > 2
    for entity, text in texts:
        dialects = [load(entity, version) for version in changes(entity)]
        assert all(judge(text, dialect).ok for dialect in dialects if dialect.exists), text


SAME = [
    ("params.model IS NOT NULL", "params.model LIKE '%'"),
    ("tags.team IS NOT NULL", "tags.team LIKE '%'"),
    ("tags.absent IS NOT NULL", "tags.absent LIKE '%'"),
    ("run_id IN ('nobody')", "run_id = 'nobody'"),
    ("run_id NOT IN ('nobody')", "run_id != 'nobody'"),
]


def test_the_real_mlflow_finds_the_same_by_what_is_written_instead(tmp_path: Path) -> None:
    store = SurprisingStore(tmp_path)

    for text, instead in SAME:
        assert store.found("runs", text) == store.found("runs", instead), text
    assert store.found("runs", "tags.team LIKE '%'") == ["first"]
