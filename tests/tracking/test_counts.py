"""How many a filter matches: the very number that the real MLflow finds, whatever the filter."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.entities import ViewType
from mlq.keys.matches import Count, Predicate, Question
from mlq.semantics.questions import question
from mlq.tracking.client import TrackingError, fetch_counts_once
from mlq.tracking.protocol import Store
from mlq_grammar.dialect import load
from support.counted_store import NAMES, PARAMS, STARTED, TAGS, make_counted_store
from support.many_filters import Pools, running_filters
from support.stores import snapshot
from support.tracking import Reply, http_server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

JUDGE = mlflow.__version__
POOLS: dict[str, Pools] = {
    "runs": {
        "metric": {"auc": (0, 0.5, 0.9), "loss": (0, -1, 3, 1e400), "none": (1,)},
        "parameter": {**PARAMS, "none": ("a",)},
        "tag": TAGS,
        "attribute": {
            "status": ("FINISHED", "finished", "RUNNING"),
            "run_name": NAMES,
            "run_id": ("0", "1"),
            "artifact_uri": ("a", "b"),
            "start_time": (STARTED, STARTED + 10_000),
            "end_time": (STARTED + 70_000,),
        },
        "dataset": {
            "name": ("customers", "Customers"),
            "digest": ("0", "1"),
            "context": ("training", "eval"),
        },
    },
    "experiments": {
        "attribute": {
            "name": ("First", "first", "second 100%"),
            "experiment_id": ("0", "1", "2", "3"),
            "creation_time": (0, 1_900_000_000_000),
        },
        "tag": {"team": TAGS["team"], "note": ("a_b", "axb")},
    },
    "registered_models": {
        "attribute": {"name": ("Bot", "bot", "b_t", "greeting")},
        "tag": {"task": ("Chat", "chat"), "language": ("en",)},
    },
    "prompts": {"attribute": {"name": ("greeting",)}, "tag": {"language": ("en", "EN")}},
    "model_versions": {
        "attribute": {
            "name": ("Bot", "bot", "b_t", "greeting"),
            "source_path": ("s3://M/1", "s3://m/1"),
            "version_number": (1, 2),
        },
        "tag": {"ok": ("Yes", "yes")},
    },
    "traces": {
        "attribute": {
            "status": ("OK", "ok"),
            "request_id": ("tr-1", "tr-2"),
            "timestamp_ms": (STARTED, STARTED + 4000),
            "execution_time_ms": (0, 5),
            "end_time_ms": (STARTED + 4005,),
        },
        "tag": {**TAGS, "mlflow.traceName": ("answer", "Answer")},
        "request_metadata": {"mlflow.trace.session": ("a", "A"), "mlflow.user": ("ada", "Ada")},
    },
    "logged_models": {
        "attributes": {
            "name": ("bot", "Bot"),
            "status": ("READY", "x"),
            "creation_timestamp_ms": (0, 10**13),
            "source_run_id": ("x", ""),
        },
        "metrics": {"accuracy": (0.9, 1.0, 2)},
        "params": {"temperature": ("0.1", "0.10")},
        "tags": {"stage": ("dev", "DEV")},
    },
}
# Of each, as many as are made in a second or two.
HOW_MANY = {"runs": 80}
SOME = 15


@pytest.fixture(scope="module")
def counted_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store that every comparison tells of."""
    folder = tmp_path_factory.mktemp("counted")
    make_counted_store(folder)
    return folder


def uri(folder: Path) -> str:
    return f"sqlite:///{folder}/mlflow.db"


def asked(text: str, entity: str = "runs", mlflow_version: str = JUDGE) -> Question:
    made = question(text, load(entity, mlflow_version))
    assert made is not None, text
    return made


def counted(folder: Path, *questions: Question, entity: str = "runs") -> list[Count | None]:
    counts = fetch_counts_once(Store(uri(folder)), entity, questions)
    return [counts.get(each) for each in questions]


def search_of(folder: Path, entity: str) -> Callable[[str], int]:
    """Return what MLflow finds by a filter, in all active experiments."""
    client = MlflowClient(uri(folder))
    experiments = [each.experiment_id for each in client.search_experiments()]
    searches: dict[str, Callable[[str], int]] = {
        "runs": lambda text: len(client.search_runs(experiments, text)),
        "experiments": lambda text: len(client.search_experiments(filter_string=text)),
        "registered_models": lambda text: len(client.search_registered_models(text)),
        "prompts": lambda text: len(client.search_prompts(text)),
        "model_versions": lambda text: len(client.search_model_versions(text)),
        "traces": lambda text: len(client.search_traces(experiments, text, include_spans=False)),
        "logged_models": lambda text: len(client.search_logged_models(experiments, text)),
    }
    return searches[entity]


@pytest.mark.parametrize("entity", POOLS)
def test_counts_are_those_of_mlflow(counted_folder: Path, entity: str) -> None:
    how_many = HOW_MANY.get(entity, SOME)
    made = running_filters(load(entity, JUDGE), POOLS[entity], seed=1)
    # SQLite knows no regular expressions but those of MLflow's own connections.
    texts = list(islice((text for text in made if "RLIKE" not in text), how_many))
    counts = counted(counted_folder, *(asked(text, entity) for text in texts), entity=entity)
    search = search_of(counted_folder, entity)
    told = [(text, count and count.number) for text, count in zip(texts, counts, strict=True)]
    assert told == [(text, search(text)) for text in texts]
    assert len({number for _, number in told}) > 1


def test_nothing_is_changed(counted_folder: Path) -> None:
    before = snapshot(counted_folder)
    assert counted(counted_folder, asked("metrics.auc > 0.1"))[0] is not None
    assert snapshot(counted_folder) == before


def test_deleted_runs_are_counted_where_asked_for(counted_folder: Path) -> None:
    client = MlflowClient(uri(counted_folder))
    experiments = [each.experiment_id for each in client.search_experiments()]
    text = "tags.even = 'yes'"
    active, deleted = counted(counted_folder, asked(text), replace(asked(text), view="deleted"))
    assert active
    assert deleted
    assert active.number == len(client.search_runs(experiments, text))
    assert deleted.number == len(client.search_runs(experiments, text, ViewType.DELETED_ONLY))


def test_experiments_that_are_named_are_counted_alone(counted_folder: Path) -> None:
    client = MlflowClient(uri(counted_folder))
    first = client.get_experiment_by_name("First")
    assert first
    everything = asked("")
    counts = fetch_counts_once(Store(uri(counted_folder), "", ("First",)), "runs", [everything])
    assert counts[everything].number == len(client.search_runs([first.experiment_id]))


def test_the_newest_run_that_matches_is_told(counted_folder: Path) -> None:
    client = MlflowClient(uri(counted_folder))
    experiments = [each.experiment_id for each in client.search_experiments()]
    found = client.search_runs(experiments, "params.model = 'xgboost'")
    (count,) = counted(counted_folder, asked("params.model = 'xgboost'"))
    assert count
    assert count.newest == max(run.info.start_time for run in found)


def test_what_is_no_number_was_zero_before_3_17(counted_folder: Path) -> None:
    older, newer = (asked("metrics.auc = 0", mlflow_version=version) for version in ("3.16.0", "3.17.0"))
    as_zero, as_none = counted(counted_folder, older, newer)
    assert as_zero
    assert as_none
    assert as_zero.number > as_none.number


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("tags.`mlflow.prompt.is_prompt` = 'false'", "registered_models"),
        ("mro != 'x'", "logged_models"),
        ("tags.team RLIKE 'o.*'", "traces"),
        ("run_id = 'x'", "traces"),
    ],
)
def test_what_is_not_sure_is_not_told(counted_folder: Path, text: str, entity: str) -> None:
    assert counted(counted_folder, asked(text, entity), entity=entity) == [None]


def test_a_search_whose_queries_are_not_known_is_not_told(counted_folder: Path) -> None:
    assert counted(counted_folder, asked("status = 'x'", "issues"), entity="issues") == [None]


def test_a_refused_filter_makes_no_question() -> None:
    assert question("metrics.auc > 'high'", load("runs")) is None
    assert question("name = {'a': 1}", load("logged_models")) is None


def test_a_folder_of_files_says_why_it_tells_nothing(tmp_path: Path) -> None:
    with pytest.raises(TrackingError, match="is a folder of files"):
        fetch_counts_once(Store(str(tmp_path)), "runs", [asked("")])


def test_a_predicate_of_another_shape_is_not_told(counted_folder: Path) -> None:
    odd = Question("", (Predicate("tag", "team", "MATCHES", "x"), Predicate("metric", "auc", "=", None)))
    assert counted(counted_folder, odd) == [None]


@pytest.mark.parametrize(
    ("entity", "text"),
    [
        ("runs", ""),
        ("runs", "params.model = 'xgboost' AND metrics.auc > 0.85"),
        ("runs", "params.model = 'XGBoost'"),
        ("experiments", "name LIKE 'churn%'"),
        ("model_versions", ""),
    ],
)
def test_a_server_counts_the_same(churn_folder: Path, server: str, entity: str, text: str) -> None:
    made = asked(text, entity)
    over_http = fetch_counts_once(Store(server), entity, [made])
    (from_file,) = counted(churn_folder, made, entity=entity)
    assert over_http == {made: from_file if entity == "runs" else Count(over_http[made].number)}
    assert from_file
    assert over_http[made].number == from_file.number


def test_deleted_runs_are_counted_on_a_server(server: str) -> None:
    made = replace(asked("metrics.legacy_score = 1"), view="deleted")
    counts = fetch_counts_once(Store(server), "runs", [asked(made.filter), made])
    assert [count.number for count in counts.values()] == [0, 1]


def test_a_server_is_not_asked_for_more_than_a_thousand() -> None:
    experiments = Reply.of({"experiments": [{"experiment_id": "1"}]})
    pages = [
        Reply.of(
            {"runs": [{"info": {"run_id": f"{page} {run}"}} for run in range(300)], "next_page_token": "x"}
        )
        for page in range(5)
    ]
    with http_server(experiments, *pages) as (address, seen):
        counts = fetch_counts_once(Store(address), "runs", [asked("")])
    assert list(counts.values()) == [Count(1200, is_exact=False)]
    assert len(seen) == 5


def test_what_a_server_refuses_is_not_told_and_the_rest_is() -> None:
    one = Reply.of({"experiments": [{"experiment_id": "1"}]})
    with http_server(one, Reply.of({"error_code": "X"}, 400), Reply.of({})) as (address, _):
        questions = [asked("metrics.auc > 1"), asked("")]
        assert fetch_counts_once(Store(address), "runs", questions) == {
            questions[0]: None,
            questions[1]: Count(0),
        }


def test_more_experiments_than_are_looked_at_make_a_count_one_of_at_least() -> None:
    many = Reply.of({"experiments": [{"experiment_id": "1"}], "next_page_token": "x"})
    one = Reply.of({"runs": [{"info": {"run_id": "a"}}]})
    with http_server(many, one, Reply.of({})) as (address, _):
        some, none = asked(""), asked("metrics.auc > 1")
        assert fetch_counts_once(Store(address), "runs", [some, none]) == {
            some: Count(1, is_exact=False),
            none: None,
        }
