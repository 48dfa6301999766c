"""`mlq keys`, on a store that the real MLflow made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mlq.keys.index import KeyIndex
from support import cli, stores

if TYPE_CHECKING:
    from pathlib import Path


def _keys(folder: Path, *arguments: str) -> cli.Result:
    return cli.run("mlq", "keys", *arguments, cwd=folder, MLFLOW_TRACKING_URI="")


def test_keys_are_listed_as_filters_write_them_and_the_store_stays_as_it_is(read_only_churn: Path) -> None:
    before = stores.snapshot(read_only_churn)

    result = _keys(read_only_churn)

    rows = [line.split("  ")[0] for line in result.out.splitlines()]
    assert {"metrics.auc", "metrics.`AUC ROC`", "params.`max depth`", "tags.team", "dataset.name"} <= set(
        rows
    )
    assert rows[-1].startswith("sqlite:///mlflow.db: the default of MLflow ")
    assert rows[-1].endswith(f" in {read_only_churn}; seen in all 36 runs")
    assert "legacy_score" not in result.out, "only a deleted run has it"
    assert stores.snapshot(read_only_churn) == before


def test_json_reads_back_as_the_same_picture(read_only_churn: Path) -> None:
    index = KeyIndex.from_json(_keys(read_only_churn, "--output-format", "json").json)

    assert index.keys("parameter")["model"].values[0] == "xgboost"


def test_the_store_and_the_experiment_can_be_named(read_only_churn: Path, tmp_path: Path) -> None:
    uri = f"sqlite:///{read_only_churn / 'mlflow.db'}"

    result = _keys(tmp_path, "--tracking-uri", uri, "--experiment", "churn-v2")

    assert result.out.endswith("seen in all 18 runs\n")


def test_another_search_has_keys_of_its_own(read_only_churn: Path) -> None:
    result = _keys(read_only_churn, "--entity", "experiments")

    assert "churn-v2" in result.out
    assert "metrics." not in result.out
    assert result.out.endswith("seen in all 3 experiments\n")


def test_a_recorded_picture_checks_names_where_no_store_is(read_only_churn: Path, tmp_path: Path) -> None:
    uri = f"sqlite:///{read_only_churn / 'mlflow.db'}"
    saved = _keys(tmp_path, uri, "--save", "keys.json")
    assert saved.out == "keys.json: the keys of 36 runs, 3 experiments\n"
    (tmp_path / "mlq.toml").write_text('keys = "keys.json"\n', encoding="utf-8")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "train.py").write_text(
        "import mlflow\nmlflow.search_runs(filter_string=\"params.modell = 'xgboost'\")\n", encoding="utf-8"
    )

    found = cli.run("mlq-check", "--output-format", "concise", cwd=tmp_path)

    assert "warning[MLQ311] None of 36 runs has params.modell. Did you mean params.model?" in found.out
    assert found.status == 0, "a store never makes an error"


@pytest.mark.parametrize("content", ["", "[]", '{"format": 2}', '{"format": 1, "entities": {"runs": []}}'])
def test_what_is_no_picture_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "keys.json").write_text(content, encoding="utf-8")
    (tmp_path / "mlq.toml").write_text('keys = "keys.json"\n', encoding="utf-8")
    (tmp_path / "a.mlq").write_text("metrics.auc > 0.9;\n", encoding="utf-8")

    result = cli.run("mlq-check", cwd=tmp_path)

    assert result.status == 2
    assert "keys.json" in result.err
    assert "mlq keys --save" in result.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "no store: no tracking URI is set"),
        (["--tracking-uri", "sqlite:///none.db"], "sqlite:///none.db does not exist"),
        (
            ["--tracking-uri", "http://user:secret@127.0.0.1:9/"],
            "http://***@127.0.0.1:9/ refuses connections",
        ),
    ],
)
def test_why_there_are_no_keys_is_said_in_one_line(
    tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    result = _keys(tmp_path, *arguments)

    (line,) = result.err.splitlines()
    assert (result.status, result.out) == (2, "")
    assert complaint in line
    assert "secret" not in line
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_a_project_file_names_is_not_read_unasked(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.mlq]\ntracking-uri = "http://tracking.example"\n')

    result = _keys(tmp_path)

    assert result.status == 2
    assert "from [tool.mlq] in pyproject.toml" in result.err
    assert result.err.endswith("the workspace is not trusted; say --tracking-uri or --trust-workspace\n")


def test_which_store_and_why_is_said_without_reading_one(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(
        "import mlflow\n"
        "mlflow.search_registered_models(filter_string=\"name = 'a'\")\n"
        "mlflow.set_tracking_uri('sqlite:///runs.db')\n"
        "mlflow.search_runs(['7'], 'metrics.auc > 0.9')\n",
        encoding="utf-8",
    )
    (tmp_path / ".env").write_text("MLFLOW_TRACKING_URI=http://127.0.0.1:9\n", encoding="utf-8")

    assert _keys(tmp_path, "--why").out.startswith("no keys: no tracking URI is set")
    assert _keys(tmp_path, "--why", "--trust-workspace").out == (
        "http://127.0.0.1:9: named by MLFLOW_TRACKING_URI in .env\n"
    )
    assert _keys(tmp_path, "--why", "train.py", "--trust-workspace").out.splitlines() == [
        "train.py:2: search_registered_models: http://127.0.0.1:9: named by MLFLOW_TRACKING_URI in .env",
        "train.py:4: search_runs: sqlite:///runs.db: named by set_tracking_uri at train.py:3 (experiments 7)",
    ]
    assert "no such file" in _keys(tmp_path, "--why", "none.py").err
    assert sorted(path.name for path in tmp_path.iterdir()) == [".env", "train.py"]
