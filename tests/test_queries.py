"""`mlq.load` and `Query.run`, on a store that the real MLflow made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mlq
import pytest
from mlq.queries import Query, QueryFileError
from mlq.running import CannotRunError

if TYPE_CHECKING:
    from pathlib import Path

    from mlflow import MlflowClient

TEXT = """\
-- The best of them.
best:
  SEARCH runs IN 'churn', 'churn-v2'
  WHERE metrics.`AUC ROC` > 0.85   # not the other one
    AND params.model = 'xgboost'
  ORDER BY metrics.auc DESC
  VIEW all
  LIMIT 3;

nowhere: SEARCH runs IN 'no such' WHERE metrics.auc > 0;
status = 'FAILED'
"""


@pytest.fixture
def client(read_only_churn: Path) -> MlflowClient:
    """The real client of a real store."""
    from mlflow import MlflowClient

    return MlflowClient(f"sqlite:///{read_only_churn / 'mlflow.db'}")


@pytest.fixture
def file(tmp_path: Path) -> mlq.QueryFile:
    """The queries of `TEXT`."""
    path = tmp_path / "churn.mlq"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    return mlq.load(path)


def test_a_file_is_a_mapping_of_its_named_queries(file: mlq.QueryFile) -> None:
    assert list(file) == ["best", "nowhere"]
    assert len(file.queries) == 3
    assert file["best"] == Query(
        filter="metrics.`AUC ROC` > 0.85   \n    AND params.model = 'xgboost'",
        name="best",
        entity="runs",
        experiments=("churn", "churn-v2"),
        order_by=("metrics.auc DESC",),
        view="all",
        limit=3,
    )
    assert file.queries[2] == Query(filter="status = 'FAILED'")
    with pytest.raises(KeyError):
        file["worst"]


def test_what_is_wrong_with_a_file_is_listed_with_its_places(tmp_path: Path) -> None:
    path = tmp_path / "bad.mlq"
    path.write_text("a: SEARCH rums WHERE x = 1;\n\nb: SEARCH runs WHERE x = 1 LIMIT many;\n")

    with pytest.raises(QueryFileError) as refused:
        mlq.load(path)

    first, second = str(refused.value).splitlines()
    assert first.startswith(f"{path}:1:11: ")
    assert second.startswith(f"{path}:3:34: ")


def test_a_query_runs_with_its_order_and_limit(file: mlq.QueryFile, client: MlflowClient) -> None:
    runs = file["best"].run(client)

    aucs = [run.data.metrics["auc"] for run in runs]
    assert len(aucs) == 3
    assert aucs == sorted(aucs, reverse=True)
    assert {run.data.params["model"] for run in runs} == {"xgboost"}


def test_without_experiments_all_are_searched(file: mlq.QueryFile, client: MlflowClient) -> None:
    runs = file.queries[2].run(client)

    assert {run.info.status for run in runs} == {"FAILED"}
    assert len({run.info.experiment_id for run in runs}) == 2


def test_without_a_client_runs_come_as_a_data_frame(
    file: mlq.QueryFile, client: MlflowClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", client.tracking_uri)

    frame = file["best"].run()

    assert list(frame["run_id"]) == [run.info.run_id for run in file["best"].run(client)]


def test_all_pages_are_read(client: MlflowClient) -> None:
    names = [model.name for model in Query("", entity="registered_models").run(client)]

    assert names == []
    assert len(Query("", entity="runs").run(client)) == 36
    assert len(Query("", view="deleted").run(client)) == 1


@pytest.mark.parametrize(
    ("entity", "order_by"),
    [
        ("experiments", ("name DESC",)),
        ("registered_models", ("name",)),
        ("model_versions", ("name",)),
        ("traces", ("timestamp_ms DESC",)),
        ("logged_models", ("creation_timestamp DESC",)),
        ("evaluation_datasets", ("name",)),
        ("prompts", ()),
    ],
)
def test_every_search_of_the_client_takes_a_query(
    client: MlflowClient, entity: str, order_by: tuple[str, ...]
) -> None:
    found = Query("", entity=entity, order_by=order_by).run(client)

    assert len(found) == (3 if entity == "experiments" else 0)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (Query("", experiments=("no such",)), "there is no experiment named 'no such'"),
        (Query("", entity="issues"), "this MLflow's client cannot search issues by a query"),
    ],
)
def test_what_cannot_run_is_said(client: MlflowClient, query: Query, reason: str) -> None:
    with pytest.raises(CannotRunError, match=reason):
        query.run(client)
