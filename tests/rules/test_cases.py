"""Mistakes that people make, each in a filter of its own: what is reported, where, and how it is mended."""

from __future__ import annotations

import pytest
from support.findings import check, filter_of
from support.oracle import Oracle

CASES = [
    # The article that teaches it wrong.
    ("params.learning_rate 0.001\n^^^^^^^^^^^^^^^^^^^^^^^^^^ MLQ104", "params.learning_rate = '0.001'"),
    ("params.batch_size = 32\n                    ^^ MLQ401", "params.batch_size = '32'"),
    # Python and SQL habits.
    ("metrics.acc == 0.9 and status == 'FINISHED'\n            ^^ MLQ406\n                              ^^ MLQ406",
     "metrics.acc = 0.9 and status = 'FINISHED'"),
    ("params.a <> 'x'\n         ^^ MLQ406", "params.a != 'x'"),
    ("metrics.a => 1\n          ^^ MLQ406", "metrics.a >= 1"),
    ("metrics.a > = 1\n          ^^^ MLQ406", "metrics.a >= 1"),
    ("tags.a CONTAINS 'x'\n       ^^^^^^^^ MLQ406", "tags.a LIKE '%x%'"),
    ("run_id = 'a' OR run_id = 'b' OR run_id = 'c'\n             ^^ MLQ101", "run_id IN ('a', 'b', 'c')"),
    ("((metrics.a > 1) AND metrics.b > 2)\n^ MLQ103\n ^ MLQ103", "metrics.a > 1 AND metrics.b > 2"),
    ("NOT tags.a = 'x'\n^^^ MLQ102", "tags.a != 'x'"),
    ("1 < metrics.a <= 2\n^^^^^^^^^^^^^^^^^^ MLQ111", "metrics.a > 1 AND metrics.a <= 2"),
    ("metrics.a > 1 and metrics.b > 2;\n                               ^ MLQ108", "metrics.a > 1 and metrics.b > 2"),
    ("WHERE metrics.a > 1 LIMIT 5\n^^^^^ MLQ109\n                    ^^^^^^^ MLQ109", "metrics.a > 1"),
    ("params.a = NULL\n         ^^^^^^ MLQ410", "params.a IS NULL"),
    # Keys.
    ("metrics.train/loss < 1\n        ^^^^^^^^^^ MLQ204", "metrics.`train/loss` < 1"),
    ("metrics.AUC ROC > 0\n        ^^^^^^^ MLQ204", "metrics.`AUC ROC` > 0"),
    ("params.max depth = '3' AND metrics.f1-score > 0\n       ^^^^^^^^^ MLQ204\n                                   ^^^^^^^^ MLQ204",
     "params.`max depth` = '3' AND metrics.`f1-score` > 0"),
    ("metrics.in > 1\n        ^^ MLQ204", "metrics.`in` > 1"),
    ("run name = 'x'\n^^^^^^^^ MLQ204", "`run name` = 'x'"),
    ("`params.a` = 'x'\n^^^^^^^^^^ MLQ207", "params.a = 'x'"),
    ("metirc.a > 1\n^^^^^^ MLQ301", "metric.a > 1"),
    ("PARAMS.a = 'x'\n^^^^^^ MLQ301", "params.a = 'x'"),
    ("runName = 'x'\n^^^^^^^ MLQ302", "run_name = 'x'"),
    ("attributes.startTime > 1\n           ^^^^^^^^^ MLQ302", "attributes.start_time > 1"),
    # Values.
    ("metrics.auc > '0.9' AND params.lr = 0.1\n              ^^^^^ MLQ404\n                                    ^^^ MLQ401",
     "metrics.auc > 0.9 AND params.lr = '0.1'"),
    ("tags.a = true\n         ^^^^ MLQ402", "tags.a = 'true'"),
    ("params.model = my model\n               ^^^^^^^^ MLQ401", "params.model = 'my model'"),
    ("metrics.n > 10_000\n            ^^^^^^ MLQ405", "metrics.n > 10000"),
    ("metrics.n > +5\n            ^^ MLQ405", "metrics.n > 5"),
    ("start_time > '2024-01-01'\n             ^^^^^^^^^^^^ MLQ404", "start_time > 1704067200000"),
    ("run_id IN 'a'\n          ^^^ MLQ411", "run_id IN ('a')"),
    ("run_id IN ['a', 'b']\n          ^^^^^^^^^^ MLQ411", "run_id IN ('a', 'b')"),
    ("run_id IN ('a', 'b'\n          ^^^^^^^^^ MLQ411", "run_id IN ('a', 'b')"),
    ("status IN ('FINISHED')\n       ^^ MLQ407", "status = 'FINISHED'"),
    ("run_id = ('a', 'b')\n         ^^^^^^^^^^ MLQ412", "run_id IN ('a', 'b')"),
    # Quotes.
    ("params.a = 'it's'\n           ^^^^^^ MLQ202", "params.a = \"it's\""),
    ("params.a = “x”\n           ^^^ MLQ203", "params.a = 'x'"),
    ("params.a = 'x AND params.b = 'y'\n           ^^ MLQ201", "params.a = 'x' AND params.b = 'y'"),
    ("metrics.a > '0.9\n            ^^^^ MLQ201", "metrics.a > 0.9"),
]  # fmt: skip

UNFIXED = [
    # Two faults of one condition, type and operator, are one mistake.
    "params.lr > 0.1\n          ^ MLQ407",
    "metrics.auc IS NOT NULL\n            ^^^^^^^^^^^ MLQ409",
    "metrics.auc = NULL\n              ^^^^ MLQ410",
    "metrics.a = 'x' OR metrics.b > 2\n            ^^^ MLQ404\n                ^^ MLQ101",
    "run_name IN ('a', 'b')\n         ^^ MLQ407",
    "lifecycle_stage = 'deleted'\n^^^^^^^^^^^^^^^ MLQ302",
    "metrics.a > metrics.b\n            ^^^^^^^^^ MLQ404",
    "metrics.a * 2 > 3\n^^^^^^^^^^^^^ MLQ304",
    "tags.a ~ 'x.*'\n       ^ MLQ406",
    "run_id IN ()\n          ^^ MLQ411",
    "1 = 1\n^ MLQ106",
    "params.a = 'both \" and ' quotes'\n           ^^^^^^^^^^^^^^^^^^^^^ MLQ202",
]

SURPRISES = [
    ("metrics.a > 1 metrics.b > 2\n              ^^^^^^^^^ MLQ501", "metrics.a > 1 AND metrics.b > 2"),
    ("status = 'finished'\n         ^^^^^^^^^^ MLQ502", "status = 'FINISHED'"),
    ("tags.a = 'it\\'s'\n         ^^^^^^^ MLQ503", 'tags.a = "it\'s"'),
    ("metrics.a DESC > 1\n        ^^^^^^ MLQ513", "metrics.a > 1"),
]

SILENT = [
    "",
    "metrics.auc > 0.9 AND params.model = 'xgboost' AND tags.`mlflow.user` = \"me\"",
    "metrics.`train/loss` <= -1e-5 and attributes.start_time > 1700000000000",
    "run_id IN ('a', 'b') AND dataset.name NOT IN (\"c\") AND tags.x IS NOT NULL",
    "tags.mlflow.runName LIKE '%\"quoted\"%'",
]


@pytest.mark.parametrize(("source", "fixed"), CASES)
def test_a_mistake_is_reported_and_mended(source: str, fixed: str, oracle: Oracle) -> None:
    found = check(source, fixed=fixed)

    assert {finding.severity for finding in found} == {"error"}
    assert oracle.verdict("runs", filter_of(source))[0] is False
    assert oracle.verdict("runs", fixed) == (True, None)


@pytest.mark.parametrize("source", UNFIXED)
def test_a_mistake_without_a_certain_fix_is_reported_all_the_same(source: str, oracle: Oracle) -> None:
    check(source)

    assert oracle.verdict("runs", filter_of(source))[0] is False


@pytest.mark.parametrize(("source", "fixed"), SURPRISES)
def test_what_runs_and_was_not_meant_is_a_warning(source: str, fixed: str, oracle: Oracle) -> None:
    [finding] = check(source, fixed=fixed)

    assert finding.severity == "warning"
    assert oracle.verdict("runs", filter_of(source))[0] is True


@pytest.mark.parametrize("source", SILENT)
def test_what_is_right_is_silent(source: str, oracle: Oracle) -> None:
    assert check(source) == []
    assert oracle.verdict("runs", source) == (True, None)
