"""`mlq run`, on a store that the real MLflow made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support import cli

BEST = """\
best: SEARCH runs IN 'churn' WHERE metrics.`AUC ROC` > 0.5 AND params.model = 'xgboost'
ORDER BY metrics.auc DESC LIMIT 2"""


Run = Callable[..., cli.Result]


@pytest.fixture
def run(
    read_only_churn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a query file on the churn store."""

    def run(text: str, *arguments: str) -> cli.Result:
        (tmp_path / "churn.mlq").write_text(text)
        store = f"sqlite:///{read_only_churn / 'mlflow.db'}"
        more = () if "--tracking-uri" in arguments else ("--tracking-uri", store)
        return cli.run_here(monkeypatch, capsys, tmp_path, "run", "churn.mlq", *arguments, *more)

    return run


def test_runs_are_shown_with_the_keys_that_the_query_speaks_of(run: Run) -> None:
    result = run(BEST, "best")

    header, first, second, _, count = result.out.splitlines()
    assert result.status == 0
    assert header.startswith("run_id    ")
    assert header.endswith("status    metrics.auc  metrics.AUC ROC  params.model")
    assert first.endswith("xgboost")
    assert float(first.split()[-3]) >= float(second.split()[-3])
    assert count == "2 found"


def test_the_only_query_needs_no_name(run: Run) -> None:
    assert run(BEST) == run(BEST, "best")


def test_json_has_all_that_mlflow_knows(run: Run) -> None:
    found = run(BEST, "--output-format", "json").json

    assert [each["data"]["params"]["model"] for each in found] == ["xgboost", "xgboost"]


def test_others_than_runs_are_shown_by_what_they_are(run: Run) -> None:
    result = run("SEARCH experiments WHERE name LIKE 'churn%' ORDER BY name")

    assert result.out == "experiment_id  name\n1              churn\n2              churn-v2\n\n2 found\n"


def test_of_several_queries_one_is_chosen_by_name_or_number(run: Run) -> None:
    text = f"{BEST};\nstatus = 'RUNNING';"

    assert "RUNNING" in run(text, "2").out
    assert run(text).err == "mlq run: churn.mlq has several queries; name one of best, 2\n"
    assert run(text, "worst").err == "mlq run: churn.mlq has no query worst; name one of best, 2\n"


def test_what_mlflow_refuses_makes_the_status_1_and_names_the_way_to_mend_it(run: Run) -> None:
    result = run("metrics.train/loss > 0.5")

    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("mlq run: Invalid ")
    assert result.err.endswith("; `mlq check churn.mlq` shows where, and what to write\n")


@pytest.mark.parametrize(
    ("text", "arguments", "complaint"),
    [
        ("SEARCH rums WHERE x = 1", (), "churn.mlq:1:8: "),
        ("SEARCH runs IN 'no such' WHERE status = 'FAILED'", (), "there is no experiment named 'no such'"),
        ("", (), "churn.mlq has no query"),
        ("status = 'FAILED'", ("--tracking-uri", "sqlite:///none.db"), "sqlite:///none.db does not exist"),
        ("status = 'FAILED'", ("--tracking-uri", "http://127.0.0.1:9"), "127.0.0.1"),
    ],
)
def test_what_cannot_run_makes_the_status_2(
    run: Run, text: str, arguments: tuple[str, ...], complaint: str
) -> None:
    result = run(text, *arguments)

    (line,) = result.err.splitlines()
    assert (result.status, result.out) == (2, "")
    assert complaint in line


def test_without_a_store_none_is_made(tmp_path: Path) -> None:
    (tmp_path / "churn.mlq").write_text(BEST)

    result = cli.run("mlq", "run", "churn.mlq", cwd=tmp_path, MLFLOW_TRACKING_URI="")

    assert result.status == 2
    assert result.err.startswith("mlq run: no store: no tracking URI is set, and no mlflow.db")
    assert [path.name for path in tmp_path.iterdir()] == ["churn.mlq"]


def test_the_store_of_this_folder_is_found(read_only_churn: Path, tmp_path: Path) -> None:
    (tmp_path / "mlflow.db").symlink_to(read_only_churn / "mlflow.db")
    (tmp_path / "churn.mlq").write_text(BEST)

    refused = cli.run("mlq", "run", "churn.mlq", cwd=tmp_path, MLFLOW_TRACKING_URI="")
    result = cli.run("mlq", "run", "churn.mlq", "--trust-workspace", cwd=tmp_path, MLFLOW_TRACKING_URI="")

    assert "not trusted" in refused.err, "a link leads out of the folder"
    assert (result.status, result.out[-8:]) == (0, "2 found\n")
