# ruff: noqa: E501  # a marked line is as long as its filter
"""What MLflow runs and a person would not mean: where it is said, how it is mended, and that MLflow does it.

The findings of each search are held against a store of the real MLflow: the filter as written finds too
little or too much, the mended one what was meant.
"""

from __future__ import annotations

import json

import pytest
from mlq.ide.check import check as check_filter
from mlq_grammar.dialect import ENTITIES
from support.cases import SHARED, recorded
from support.findings import check, filter_of, fix
from support.surprising_store import SurprisingStore

# entity, the filter and what is said of it, what it finds, the filter as meant, what that finds
PROOFS = [
    ("runs", "metrics.auc > 0.9 tags.mlflow.user = 'ada'\n                  ^^^^^^^^^^^^^^^^ MLQ501", ["second"], "metrics.auc > 0.9 AND tags.mlflow.user = 'ada'", ["second"]),
    ("runs", "params.a = 'x' params.model IS NULL\n               ^^^^^^^^^^^^ MLQ501", ["first", "second"], "params.a = 'x' AND params.model IS NULL", []),
    ("runs", "status = 'Completed'\n         ^^^^^^^^^^^ MLQ502", [], "status = 'FINISHED'", ["first", "second"]),
    ("runs", "tags.owner = 'Bob''s'\n             ^^^^^^^^ MLQ503", [], 'tags.owner = "Bob\'s"', ["first"]),
    ("runs", "AND\n^^^ MLQ504", ["first", "second"], "metrics.auc > 0.9", ["second"]),
    ("traces", "timestamp_ms > '2024-01-15'\n               ^^^^^^^^^^^^ MLQ505", [], "timestamp_ms > 1705276800000", ["plan"]),
    ("traces", "timestamp_ms < 'yesterday'\n               ^^^^^^^^^^^ MLQ505", ["chat", "plan"], "timestamp_ms < 1705276800000", ["chat"]),
    ("traces", "execution_time_ms > '500'\n                    ^^^^^ MLQ506", ["plan"], "execution_time_ms > 500", ["plan"]),
    ("runs", "tags.team LIKE 'grow'\n               ^^^^^^ MLQ507", [], "tags.team LIKE 'grow%'", ["first"]),
    ("runs", "start_time > 1705276800\n             ^^^^^^^^^^ MLQ508", ["first", "second"], "start_time > 1705276800000", ["second"]),
    ("runs", "metrics.auc > 0.9 AND metrics.auc < 0.85\n                      ^^^^^^^^^^^^^^^^^^ MLQ509", [], "metrics.auc < 0.85", ["first"]),
    ("runs", "metrics.auc > 0.9 AND metrics.auc > 0.9\n                      ^^^^^^^^^^^^^^^^^ MLQ510", ["second"], "metrics.auc > 0.9", ["second"]),
    ("runs", "tags.user = 'ada'\n     ^^^^ MLQ511", [], "tags.mlflow.user = 'ada'", ["second"]),
    ("runs", "metrics.loss = 1e400\n               ^^^^^ MLQ512", [], "metrics.loss >= 1.7976931348623157e308", ["second"]),
    ("logged_models", "metrics.gap = inf\n              ^^^ MLQ512", [], "metrics.gap >= 1.7976931348623157e308", ["forest"]),
    ("logged_models", "metrics.gap != nan\n               ^^^ MLQ512", [], "metrics.gap > 0", ["forest"]),
    ("runs", "metrics.auc DESC > 0.9\n        ^^^^^^^^ MLQ513", [], "metrics.auc > 0.9", ["second"]),
    ("runs", "metrics. auc > 0.9\n        ^^^^ MLQ513", [], "metrics.auc > 0.9", ["second"]),
    ("runs", "tags.team /* mine */ IS NULL\n          ^^^^^^^^^^ MLQ513", ["first", "second"], "tags.team   IS NULL", ["second"]),
    ("runs", "dataset.digest IN ('1' '2')\n                   ^^^^^^^ MLQ514", [], "dataset.digest IN ('1', '2')", ["first"]),
    ("runs", 'params.model = "xgb"."large"\n               ^^^^^^^^^^^^^ MLQ515', [], "params.model = 'xgb.large'", ["first", "second"]),
    ("logged_models", 'name = "forest"\n       ^^^^^^^^ MLQ516', [], "name = 'forest'", ["forest"]),
    ("logged_models", 'tags.team = "it\'s"\n            ^^^^^^ MLQ516', [], 'tags.team IN ("it\'s")', ["forest"]),
    ("evaluation_datasets", "tags.`team` = 'growth'\n     ^^^^^^ MLQ517", [], "tags.team = 'growth'", ["questions"]),
    ("logged_models", "params.\"lr\" = '0.1'\n       ^^^^ MLQ517", [], "params.lr = '0.1'", ["forest"]),
    ("logged_models", "params.lr = 0.1\n            ^^^ MLQ518", ["forest"], "params.lr = '0.1'", ["forest"]),
    ("issues", "status = pending\n         ^^^^^^^ MLQ518", ["slow"], "status = 'pending'", ["slow"]),
    ("traces", "tags.run_id = 'r1'\n^^^^^^^^^^^ MLQ519", ["chat"], "run_id = 'r1'", ["chat"]),
    ("traces", "feedback.name = 'chat'\n^^^^^^^^^^^^^ MLQ519", ["chat"], "name = 'chat'", ["chat"]),
    ("traces", "run_id = 'r1' AND run_id = 'r2'\n^^^^^^^^^^^^^ MLQ520", ["plan"], "run_id = 'r2'", ["plan"]),
    ("logged_models", "metadata = 'prod'\n^^^^^^^^ MLQ521", [], "tags.team = 'it' AND name = 'x'", []),
    ("logged_models", "mro != 'prod'\n^^^ MLQ521", ["forest"], "tags.team != 'x'", ["forest"]),
    ("prompts", "tags.note = \"of experiment_id = '5'\"\n                ^^^^^^^^^^^^^^^^^^^ MLQ522", [], "tags.note LIKE 'of experiment_id _ _5_'", ["greeting"]),
    ("traces", "span.attributes.model = ('gpt')\n                        ^^^^^^^ MLQ523", [], "span.attributes.model LIKE '%gpt%'", ["chat"]),
    ("traces", "span.attributes.model = 'gpt'\n                      ^ MLQ526", [], "span.attributes.model LIKE '%gpt%'", ["chat"]),
    ("traces", "span.attributes.model LIKE 'gpt%'\n                           ^^^^^^ MLQ526", [], "span.attributes.model LIKE '%gpt%'", ["chat"]),
    ("traces", "span.attributes.none != 'x'\n                     ^^ MLQ526", ["chat"], "span.attributes.none LIKE '%'", []),
    ("logged_models", "params.lr = '0.10'\n            ^^^^^^ MLQ528", [], "params.lr = '0.1'", ["forest"]),
    ("traces", "name RLIKE '[a-z'\n           ^^^^^^ MLQ527", [], "name RLIKE '[a-z]'", ["chat", "plan"]),
    ("evaluation_datasets", "name RLIKE '(quest'\n           ^^^^^^^^ MLQ527", [], "name RLIKE '^quest'", ["questions"]),
    ("mcp_servers", "tags.stars > '10'\n             ^^^^ MLQ524", ["org/large", "org/small"], "tags.stars LIKE '__'", ["org/large"]),
    ("runs", "dataset.name IN ('data\\new')\n                 ^^^^^^^^^^ MLQ525", [], "dataset.name IN ('data\\\\new')", ["first"]),
]  # fmt: skip

# entity, the filter and what is said of it, the filter as its fixes make it
MENDED = [
    ("runs", "AND metrics.a > 1\n^^^ MLQ504", "metrics.a > 1"),
    ("runs", "metrics.a > 1 AND AND metrics.b > 1\n                  ^^^ MLQ504", "metrics.a > 1 AND metrics.b > 1"),
    ("runs", "metrics.a > 1 AND AND\n              ^^^ MLQ504\n                  ^^^ MLQ504", "metrics.a > 1"),
    ("mcp_servers", "created_at LIKE 5\n                ^ MLQ507", "created_at = 5"),
    ("traces", "span.content LIKE 'gpt'\n                  ^^^^^ MLQ507", "span.content LIKE '%gpt%'"),
    ("runs", "attributes.created > 1705276800123456\n                     ^^^^^^^^^^^^^^^^ MLQ508", "attributes.created > 1705276800123"),
    ("runs", "end_time < 1705276800123456789\n           ^^^^^^^^^^^^^^^^^^^ MLQ508", "end_time < 1705276800123"),
    ("runs", "end_time < 1705276800.5\n           ^^^^^^^^^^^^ MLQ508", "end_time < 1705276800500"),
    ("experiments", "last_update_time >= 1705276800\n                    ^^^^^^^^^^ MLQ508", "last_update_time >= 1705276800000"),
    ("logged_models", "creation_time > 1705276800\n                ^^^^^^^^^^ MLQ508", "creation_time > 1705276800000"),
    ("mcp_servers", "created_at > 1705276800\n             ^^^^^^^^^^ MLQ508", "created_at > 1705276800000"),
    ("experiments", "experiment_id = '1' AND experiment_id = '2'\n                        ^^^^^^^^^^^^^^^^^^^ MLQ509", "experiment_id IN ('1', '2')"),
    ("runs", "metrics.a > 2 AND metrics.a >= 1\n                  ^^^^^^^^^^^^^^ MLQ510", "metrics.a > 2"),
    ("runs", "metrics.a > 1 AND metrics.a > 2 AND metrics.a > 3\n^^^^^^^^^^^^^ MLQ510\n                  ^^^^^^^^^^^^^ MLQ510", "metrics.a > 3"),
    ("runs", "created > 5 and attributes.start_time > 7\n^^^^^^^^^^^ MLQ510", "attributes.start_time > 7"),
    ("runs", "tags.mlflow.run_name = 'x'\n     ^^^^^^^^^^^^^^^ MLQ511", "tags.mlflow.runName = 'x'"),
    ("runs", "tag.source.git.commit = 'x'\n    ^^^^^^^^^^^^^^^^^ MLQ511", "tag.mlflow.source.git.commit = 'x'"),
    ("traces", "metadata.mlflow.session = 'x'\n         ^^^^^^^^^^^^^^ MLQ511", "metadata.mlflow.trace.session = 'x'"),
    ("runs", "params.max depth IS NULL\n       ^^^^^^^^^ MLQ513", "params.`max depth` IS NULL"),
    ("runs", "params.a AS b IS NULL\n       ^^^^^^ MLQ513", "params.a IS NULL"),
    ("runs", "metrics.a::int > 1\n        ^^^^^^ MLQ513", "metrics.a > 1"),
    ("runs", "run_id IN ('a' 'b' 'c')\n           ^^^^^^^ MLQ514\n               ^^^^^^^ MLQ514", "run_id IN ('a', 'b', 'c')"),
    ("logged_models", 'tags.team="it\'s"\n          ^^^^^^ MLQ516', 'tags.team IN ("it\'s")'),
    ("registered_models", "name='a' AND name='b'\n             ^^^^^^^^ MLQ509", "name IN ('a', 'b')"),
    ("logged_models", "tags.'a-b' = 'x'\n     ^^^^^ MLQ517", "tags.`a-b` = 'x'"),
    ("traces", "span.attributes.model = ('gpt')\n                        ^^^^^^^ MLQ523", "span.attributes.model LIKE '%gpt%'"),
    ("traces", "span.attributes.model = 'gpt'\n                      ^ MLQ526", "span.attributes.model LIKE '%gpt%'"),
    ("traces", "span.attributes.model ILIKE 'gpt%'\n                            ^^^^^^ MLQ526", "span.attributes.model ILIKE '%gpt%'"),
]  # fmt: skip

UNMENDED = [
    ("traces", "span.attributes.model = 'a\"b'\n                      ^ MLQ526"),
    ("runs", "params.a = 'x' AND params.a = 'y'\n                   ^^^^^^^^^^^^^^ MLQ509"),
    ("runs", "tags.a = 'x' AND tags.a != 'x'\n                 ^^^^^^^^^^^^^ MLQ509"),
    ("runs", "tags.a IS NULL AND tag.`a` = 'x'\n                   ^^^^^^^^^^^^^ MLQ509"),
    ("runs", "metrics.a >= 2 AND metrics.b > 0 AND metrics.a < 2\n                                     ^^^^^^^^^^^^^ MLQ509"),
    ("runs", "run_id IN ('a', 'b') AND run_id = 'c'\n                         ^^^^^^^^^^^^ MLQ509"),
    ("runs", "metrics.a < 1e400\n            ^^^^^ MLQ512"),
    ("runs", "metrics.* > 1\n        ^ MLQ513"),
    ("runs", "metrics.a[0] > 1\n        ^^^^ MLQ513"),
    ("traces", "span.attributes.model = ('a', 'b')\n                        ^^^^^^^^^^ MLQ523"),
    ("traces", "tags.timestamp = 'x'\n^^^^^^^^^^^^^^ MLQ519"),
]  # fmt: skip

SILENT = [
    ("runs", "tags.team ILIKE 'growth' AND run_name LIKE 'trial_1' AND tags.x LIKE '%'"),
    ("runs", "start_time > 0 AND end_time < 9999999999999 AND metrics.n > 1705276800"),
    ("runs", "dataset.name = 'a' AND dataset.name = 'b' AND params.a != 'x' AND params.a != 'y'"),
    ("runs", "metrics.a > 1 AND metrics.a < 2 AND params.a = '1' AND tags.a = '2'"),
    ("runs", "tags.user_id = 'x' AND tags.git_commit = 'y' AND tags.run_name = 'z' AND params.user = 'w'"),
    ("runs", "metrics.`a b` > 1e5 AND metrics.a.b > 1 AND metrics.a_1. > 2"),
    ("runs", "run_id IN ('it\\'s', 'a\\\\n')"),
    ("traces", "execution_time_ms > 1705276800 AND execution_time_ms < 1705276900"),
    ("traces", "feedback.score = '5' AND feedback.score = '4' AND tags.a = 'x'"),
    ("traces", "prompt = 'a/1' AND prompt = 'b/2' AND trace.name = 'x' AND span.name = 'y'"),
    ("logged_models", "metrics.a-b > 1 AND metrics.a > 2 AND metrics.a < 1 AND name IN (\"x\")"),
    ("experiments", "experiment_id = '5' AND experiment_id = '05'"),
    ("mcp_servers", "has_access_endpoints = 'TRUE' AND has_access_endpoints = 'true' AND name > 'm'"),
    ("mcp_server_versions", "version > '1.2.0'"),
    ("model_versions", "version_number = '5'"),
    ("trace_metrics", "trace.tag.`a b` = 'x'"),
    ("traces", "tags.a RLIKE '^[a-z]+$' AND span.attributes.x RLIKE 'a\\.b' AND tags.b RLIKE ''"),
    ("runs", "params.lr = '0.1' AND params.eps = '1e-05' AND params.python = '3.10' AND params.id = '010'"),
    ("runs", "params.b = '20' AND tags.lr = '0.10' AND params.c LIKE '%0.10' AND params.d = '0.0'"),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> SurprisingStore:
    """A store of the real MLflow with something of each kind."""
    return SurprisingStore(tmp_path_factory.mktemp("surprising"))


@pytest.mark.parametrize(("entity", "source", "found", "meant", "instead"), PROOFS)
def test_mlflow_finds_what_was_not_meant(
    entity: str, source: str, found: list[str], meant: str, instead: list[str], store: SurprisingStore
) -> None:
    [finding] = check(source, entity=entity)

    assert finding.severity != "error"
    assert store.found(entity, filter_of(source)) == found
    assert check_filter(meant, entity=entity) == []
    assert store.found(entity, meant) == instead


# entity, and what seems to hold of all in the store: none of them has the key.
LACKING = [
    ("runs", "metrics.none != 5"),
    ("runs", "params.none != 'x'"),
    ("runs", "tags.none != 'x'"),
    ("runs", "dataset.context NOT IN ('x')"),
    ("experiments", "tags.none != 'x'"),
    ("traces", "tags.none != 'x'"),
    ("traces", "metadata.none != 'x'"),
    ("traces", "client_request_id NOT IN ('x')"),
    ("traces", "metadata.mlflow.trace.cost != 'x'"),
    ("traces", "feedback.none != 'x'"),
    ("traces", "expectation.none != 'x'"),
    ("logged_models", "metrics.none != 5"),
    ("logged_models", "params.none != 'x'"),
    ("logged_models", "tags.none != 'x'"),
    ("logged_models", "model_type NOT IN ('x')"),
    ("evaluation_datasets", "tags.none != 'x'"),
    ("evaluation_datasets", "created_by != 'x'"),
    ("issues", "source_run_id != 'x'"),
    ("mcp_servers", "tags.none != 'x'"),
    ("mcp_servers", "display_name != 'x'"),
    ("prompts", "tags.none != 'x'"),
    ("registered_models", "tags.none != 'x'"),
    ("model_versions", "tags.none != 'x'"),
    ("model_versions", "run_id != 'x'"),
]


@pytest.mark.parametrize(("entity", "text"), LACKING)
def test_different_from_leaves_out_what_lacks_the_key(entity: str, text: str, store: SurprisingStore) -> None:
    assert store.found(entity, "")
    assert store.found(entity, text) == []
    assert check_filter(text, entity=entity) == []


@pytest.mark.parametrize(("entity", "source", "fixed"), MENDED)
def test_a_surprise_is_mended(entity: str, source: str, fixed: str) -> None:
    found = check(source, entity=entity, fixed=fixed)

    assert all(finding.severity != "error" for finding in found)
    assert check_filter(fixed, entity=entity) == []


@pytest.mark.parametrize(("entity", "source"), UNMENDED)
def test_a_surprise_without_a_certain_fix_is_reported_all_the_same(entity: str, source: str) -> None:
    [finding] = check(source, entity=entity)

    assert finding.severity != "error"
    assert finding.fixes == []


@pytest.mark.parametrize(("entity", "text"), SILENT)
def test_what_may_be_meant_is_silent(entity: str, text: str) -> None:
    assert check_filter(text, entity=entity) == []


def test_a_model_status_is_a_number_before_mlflow_3_18() -> None:
    text = "status = 'PENDING'"
    [finding] = check_filter(text, entity="logged_models", mlflow_version="3.17.2")

    assert (finding.code, finding.severity) == ("MLQ502", "warning")
    assert "3.17.2" in finding.message
    assert check_filter(text, entity="logged_models", mlflow_version="3.18.0") == []


def test_what_surprises_in_a_refused_condition_waits_until_it_runs() -> None:
    check(
        "metrics.AUC ROC > 0 AND start_time > 1705276800\n        ^^^^^^^ MLQ204\n                                     ^^^^^^^^^^ MLQ508"
    )


# Public code that asks for what cannot be: there is no such status of a run.
DEFENDED = {("runs", "status='ERROR'", "MLQ502"), ("runs", "attributes.status = 'Completed'", "MLQ502")}


def test_public_filters_are_silent_but_for_those_that_find_nothing() -> None:
    sites = SHARED / "corpus" / "sites.jsonl"
    if not sites.exists():
        pytest.skip(f"no public filters at {sites}; set MLQ_SHARED")
    rows = [json.loads(line) for line in sites.read_text(encoding="utf-8").splitlines()]
    filters = {(_entity(row["entity"]), row["resolved"]) for row in rows if row.get("resolved")}
    known = [(entity, text) for entity, text in filters if entity in ENTITIES]
    assert len(known) > 60

    found = {
        (entity, text, finding.code)
        for entity, text in known
        for finding in check_filter(text, entity=entity)
        if finding.code.startswith("MLQ5")
    }
    assert found <= DEFENDED


def _entity(name: str) -> str:
    return "evaluation_datasets" if name == "datasets" else name


def test_fixes_of_accepted_filters_leave_them_accepted() -> None:
    accepted = [case for case in recorded("cases") if case.ok]
    for case in accepted:
        found = check_filter(case.filter, entity=case.entity)
        for each in found:
            if each.fixes:
                mended = check_filter(fix(case.filter, [each]), entity=case.entity)
                assert all(again.severity != "error" for again in mended), (case, each)
