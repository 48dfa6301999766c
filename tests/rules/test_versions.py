"""Conditions that only a newer or only an older MLflow runs, and what is said of them."""

from __future__ import annotations

import os
from itertools import groupby
from operator import attrgetter

import pytest
from mlq.ide.check import check
from mlq.ide.order_by import check_order_by
from support.cases import Case, recorded
from support.findings import check as check_marked
from support.findings import filter_of
from support.oracle import Oracle

OLDER = (
    *("2.3.2", "2.9.2", "2.14.3", "2.18.0", "2.22.5", "3.0.1", "3.1.4", "3.3.2", "3.5.1", "3.8.1", "3.10.1"),
    *("3.12.0", "3.14.0", "3.16.1", "3.17.2"),
)
SHARE = 0.995
EVERY = 1 if os.environ.get("MLQ_ALL_VERSIONS") else 3
"""Each third case: all of them take minutes, and tests/oracle asks all of them of the verdict alone."""


@pytest.mark.parametrize(
    ("entity", "version", "source", "message"),
    [
        (
            "runs",
            "2.14",
            "params.x IS NULL\n         ^^^^^^^ MLQ601",
            "IS NULL on a param: MLflow 2.14 refuses it; since 3.11.1.",
        ),
        (
            "traces",
            "2.22.5",
            "span.name = 'a'\n^^^^ MLQ601",
            "The prefix `span`: MLflow 2.22.5 refuses it; since 3.4.0.",
        ),
        (
            "traces",
            "3.0.0",
            "client_request_id = 'a'\n^^^^^^^^^^^^^^^^^ MLQ601",
            "The key `client_request_id`: MLflow 3.0.0 refuses it; since 3.6.0.",
        ),
        (
            "runs",
            "2.22.5",
            "run_id IN (\"a\", 'b')\n          ^^^^^^^^^^ MLQ601",
            "Such a list for `run_id`: MLflow 2.22.5 refuses it; since 3.0.0.",
        ),
        (
            "logged_models",
            "3.16.0",
            "name in ('a')\n     ^^ MLQ601",
            "`in` on `name`: MLflow 3.16.0 refuses it; since 3.17.0.",
        ),
        (
            "traces",
            "2.14.3",
            "status LIKE 'O%'\n       ^^^^ MLQ601",
            "LIKE on `status`: MLflow 2.14.3 refuses it; since 3.6.0.",
        ),
        (
            "traces",
            "3.17.2",
            "attr.status = 'OK'\n^^^^ MLQ602",
            "The prefix `attr`: MLflow 3.17.2 refuses it; it ran before 2.14.0.",
        ),
        (
            "runs",
            "3.17.2",
            "start_time > 99999999999999999999\n             ^^^^^^^^^^^^^^^^^^^^ MLQ602",
            (
                "The number `99999999999999999999` for `start_time`: MLflow 3.17.2 refuses it; "
                "it ran before 3.17.0."
            ),
        ),
        (
            "traces",
            "2.14.3",
            "span.type = 'LLM'\n^^^^^^^^^ MLQ601",
            "The key `span.type`: MLflow 2.14.3 refuses it; since 3.6.0.",
        ),
        (
            "runs",
            "3.7.0",
            "params.x = '1' AND dataset.name = 'd'\n                   ^^^^^^^^^^^^^^^^^^ MLQ601",
            "This combination: MLflow 3.7.0 refuses it; since 3.8.0.",
        ),
    ],
)
def test_the_version_is_named_on_the_narrowest_place(
    entity: str, version: str, source: str, message: str
) -> None:
    [finding] = check_marked(source, entity=entity, mlflow_version=version)

    assert (finding.severity, finding.message.splitlines()[0]) == ("error", message)
    other = message.rpartition(" ")[2].rstrip(".")
    newer_runs = check(filter_of(source), entity=entity, mlflow_version=other)
    assert any(each.severity == "error" for each in newer_runs) == (finding.code == "MLQ602")


def test_a_sqlparse_that_is_too_new_is_named() -> None:
    [finding] = check("parameter.1a = 'x'")

    assert (finding.code, finding.start, finding.end) == ("MLQ604", 10, 12)
    assert finding.message.startswith("The key `parameter.1a`: MLflow 3.18.0 with sqlparse 0.6.1 refuses it;")
    assert "it ran before sqlparse 0.6.0." in finding.message
    assert check("parameter.1a = 'x'", sqlparse_version="0.5.5") == []


def test_a_list_that_only_an_older_sqlparse_reads_is_not_repeated() -> None:
    [finding] = check("run_id IN (" + ", ".join(["'0123456789abcdef'"] * 3_400) + ")")

    assert finding.code == "MLQ604"
    assert "A list of 3,400 for `run_id`" in finding.message
    assert len(finding.message) < 2_000


def test_sorting_by_a_search_that_this_mlflow_lacks_is_an_error() -> None:
    [found] = check_order_by(["name", "x"], entity="mcp_servers", mlflow_version="3.0.0")

    assert (found.item, found.finding.code) == (0, "MLQ601")
    assert found.finding.message == "The search of MCP servers: MLflow 3.0.0 has none; since 3.15.0."


def test_each_clause_has_its_own_reason() -> None:
    found = check("params.x IS NULL AND params.y > 3", mlflow_version="2.14.3")

    assert [finding.code for finding in found] == ["MLQ601", "MLQ407"]


def test_what_no_version_runs_is_explained_as_ever() -> None:
    for version in ("2.14.3", "3.17.2", None):
        [finding] = check("params.lr > '0.1'", mlflow_version=version)
        assert finding.code == "MLQ407"


def test_a_value_that_never_meant_anything_is_explained_as_such() -> None:
    [finding] = check("status = 'x'", entity="logged_models", mlflow_version="3.18.0")

    assert (finding.code, finding.severity) == ("MLQ502", "error")


def test_the_installed_mlflow_runs_what_needs_a_newer_one_than_3_8(oracle: Oracle) -> None:
    for text in ("tags.a IS NULL", "params.a IS NOT NULL AND params.b = 'x'"):
        assert [each.code for each in check(text, mlflow_version="3.8.1")] == ["MLQ601"]
        assert oracle.verdict("runs", text)[0]


@pytest.mark.parametrize("version", OLDER)
def test_an_error_is_reported_exactly_where_this_mlflow_refuses(version: str) -> None:
    cases = [case for case in recorded("versions") if case.mlflow == version and case.ok is not None][::EVERY]
    wrong = [case for case in cases if _is_refused(case) is case.ok]
    worst = sorted(wrong, key=lambda case: len(case.filter))[:10]

    assert len(wrong) <= len(cases) * (1 - SHARE), worst


def test_every_recorded_version_is_among_these() -> None:
    by_version = groupby(sorted(recorded("versions"), key=attrgetter("mlflow")), key=attrgetter("mlflow"))

    assert {version for version, _ in by_version} == set(OLDER)


def _is_refused(case: Case) -> bool:
    found = check(case.filter, entity=case.entity, mlflow_version=case.mlflow)
    return any(finding.severity == "error" for finding in found)
