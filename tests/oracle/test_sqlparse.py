"""Our verdict beside an older sqlparse is the real MLflow's, which was asked beside each of these."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mlq.ide.check import check
from mlq_grammar.dialect import load
from mlq_grammar.sqlparse import RELEASES, holds, nearest
from mlq_grammar.verdict import judge
from mlq_grammar.verdict.judge import judge_by_passes

# `record_sqlparse.py` makes them.
RECORDED = Path(__file__).parent / "sqlparse.jsonl"
ASKED = "3.17.2"


LONG_LIST = "run_id IN (" + ", ".join(["'a'"] * 3_400) + ")"


def test_every_recorded_verdict() -> None:
    rows = [json.loads(line) for line in RECORDED.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        dialect = load(row["entity"], ASKED, row["sqlparse"])
        verdicts = [judge(row["filter"], dialect).ok, judge_by_passes(row["filter"], dialect).ok]
        assert verdicts == [row["ok"]] * 2, row


@pytest.mark.parametrize(
    ("entity", "text", "since", "until"),
    [
        ("runs", "run_id IN ('a')", "", ""),
        ("runs", "tags.x IS NULL", "0.4.4", ""),
        ("runs", "params.'a b' = 'x'", "0.5.0", ""),
        ("runs", "parameter.1a = 'x'", "", "0.6.0"),
        ("runs", "params.日本 = 'x'", "0.4.3", ""),
        ("runs", "metrics.a > .5e3", "", "0.4.2"),
        ("runs", LONG_LIST, "", "0.5.4"),
        ("logged_models", "name = 'a' AND status = 'b'", "0.4.4", ""),
    ],
)
def test_the_releases_that_run_a_filter(entity: str, text: str, since: str, until: str) -> None:
    for release in RELEASES:
        verdict = judge(text, load(entity, ASKED, release))
        assert verdict.ok is holds(release, since, until), release


def test_a_release_between_two_is_the_older_one() -> None:
    assert [nearest(version) for version in ("0.4.9", "0.6.7", "0.3.1")] == ["0.4.4", "0.6.1", "0.4.0"]


def test_the_sqlparse_that_is_too_old_is_named() -> None:
    [finding] = check("params.'a b' = 'x'", mlflow_version="3.17.2", sqlparse_version="0.4.4")

    assert finding.code == "MLQ603"
    assert "MLflow 3.17.2 with sqlparse 0.4.4 refuses it; since sqlparse 0.5.0." in finding.message
