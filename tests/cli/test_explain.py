"""`mlq explain`: a message pasted, a traceback sent, a filter given."""

from __future__ import annotations

import json
import os
import subprocess
import traceback
from typing import TYPE_CHECKING

import pytest
from mlq.cli.main import main
from support import cli

if TYPE_CHECKING:
    from pathlib import Path

SAID = "Expected a quoted string value for parameter (e.g. 'my-value'). Got value 32"


@pytest.fixture(autouse=True)
def _in_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIRTUAL_ENV", "")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store, which takes MLflow seconds to make."""
    return tmp_path_factory.mktemp("store")


def explain(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = main(["explain", *arguments])
    return status, capsys.readouterr().out


def test_a_message_and_its_filter_name_the_rule_the_place_and_the_fix(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out = explain(capsys, SAID, "--filter", "metrics.auc > 0.9 AND params.batch_size = 32")

    assert status == 0
    assert "error[MLQ401]" in out
    assert (
        "1 | metrics.auc > 0.9 AND params.batch_size = 32\n  |                                           ^^"
        in out
    )
    assert "1 | metrics.auc > 0.9 AND params.batch_size = '32'" in out
    assert "# MLQ401 param-not-text" in out
    assert "Several mistakes" not in out


def test_a_message_alone_names_what_it_may_be_about(capsys: pytest.CaptureFixture[str]) -> None:
    status, out = explain(capsys, SAID)

    assert status == 0
    assert "Several mistakes are answered so; --filter FILTER tells which one it was." in out
    assert "MLQ401 param-not-text: params.x = 32 (runs)" in out
    assert "# MLQ401 param-not-text" in out


def test_what_was_searched_is_told_by_the_message(capsys: pytest.CaptureFixture[str]) -> None:
    said = (
        "Invalid span attribute 'kind'. Supported attributes: name, status, type, attributes.<attribute_name>"
    )
    status, out = explain(capsys, f"{said}.", "--filter", "span.kind = 'LLM'")

    assert status == 0
    assert "of this filter of traces:" in out


def test_what_is_no_message_of_mlflows_is_said_to_be_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    status, out = explain(capsys, "disk", "full")

    assert status == 1
    assert out.startswith("This holds no message of MLflow's that mlq knows.\n")
    assert "mlq explain --filter" in out


def test_a_filter_alone_is_told_in_words_with_the_versions_that_run_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out = explain(capsys, "--filter", "params.lr IS NOT NULL", "--mlflow-version", "3.11.1")

    assert status == 0
    assert "Finds runs where\n  the param lr is there, whatever its value\n" in out
    assert "3.9 ✗ · [3.11.1 ✓] · 3.16 ✓ · 3.17 ✓ · 3.18 ✓" in out
    assert "    params.lr LIKE '%'\n" in out


def test_what_is_to_be_written_keeps_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    _, out = explain(capsys, "--filter", "params.lr IS NOT NULL\n  AND metrics.auc > 0.9")

    assert "\n    params.lr LIKE '%'\n  AND metrics.auc > 0.9\n" in out


def test_a_filter_that_has_no_form_for_all_is_said_to_have_none(capsys: pytest.CaptureFixture[str]) -> None:
    status, out = explain(capsys, "--filter", "params.lr IS NULL AND metrics.auc > 0.9")

    assert status == 0
    assert "There is no way to write `params.lr IS NULL` that all of them run." in out


def test_a_filter_that_none_runs_is_mended_first(capsys: pytest.CaptureFixture[str]) -> None:
    status, out = explain(capsys, "--filter", "params.batch_size = 32")

    assert status == 0
    assert "Mended: params.batch_size = '32'\n\nFinds runs where\n  the param batch_size is '32'\n" in out


def test_a_search_that_older_versions_lack_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    status, out = explain(
        capsys, "--filter", "name = 'a'", "--entity", "skills", "--mlflow-version", "3.17.2"
    )

    assert status == 0
    assert "[3.17.2 –] · 3.18 ✓" in out
    assert "as MLflow 3.18.0 reads it" in out


def test_standard_input_is_read_where_nothing_else_is_given() -> None:
    result = cli.run("mlq", "explain", stdin=f"mlflow.exceptions.MlflowException: {SAID}\n")

    assert result.status == 0
    assert "# MLQ401 param-not-text" in result.out
    assert cli.run("mlq", "explain", "-", stdin="\n").err == "mlq explain: standard input is empty\n"


def test_a_terminal_as_standard_input_is_refused_instead_of_waited_for() -> None:
    controller, terminal = os.openpty()
    try:
        done = subprocess.run([cli.BIN / "mlq", "explain"], stdin=terminal, capture_output=True, check=False)
    finally:
        os.close(controller)
        os.close(terminal)

    assert done.returncode == 2
    assert done.stderr.decode().startswith("mlq explain: standard input is a terminal")


def test_a_terminal_without_the_signs_gets_words() -> None:
    result = cli.run(
        "mlq", "explain", "--filter", "params.lr IS NULL", PYTHONUTF8="0", PYTHONIOENCODING="ascii"
    )

    assert "3.9 no, 3.11.1 yes" in result.out


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("params.batch_size = 32", "MLQ401"),
        ("metrics.auc > 0.9 OR metrics.auc < 0.1", "MLQ101"),
        ("metric.auc == 0.9", "MLQ406"),
        ("tags.team = 'growth", "MLQ201"),
        ("run_id IN ()", "MLQ411"),
        ("params.it's = 'x' AND (metrics.a > 1)", "MLQ"),
        ("wombat = 'x'", "MLQ302"),
    ],
)
def test_a_real_traceback_is_explained_by_the_filter_that_it_shows(
    text: str,
    code: str,
    store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printed = _traceback(f"mlflow.search_runs(['0'], filter_string={text!r})", tmp_path, store, monkeypatch)

    status, out = explain(capsys, printed)

    assert status == 0
    assert f"1 | {text}" in out
    assert f"error[{code}" in out


def test_a_traceback_that_does_not_show_the_filter_tells_what_was_searched(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = "wanted = ' '.join(['status', '>', repr('OK')])"
    source = f"{wanted}\nmlflow.search_traces(locations=['0'], filter_string=wanted)"
    printed = _traceback(source, tmp_path, store, monkeypatch)

    status, out = explain(capsys, printed)

    assert status == 0
    assert "of traces" in out
    assert "MLQ407" in out


def _traceback(source: str, folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a script that the real MLflow stops; return what Python prints."""
    import mlflow

    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{store}/store.db")
    script = folder / "train.py"
    script.write_text(f"import mlflow\n\n{source}\n", encoding="utf-8")
    monkeypatch.setattr(mlflow.tracking._tracking_service.utils, "_tracking_uri", None)
    try:
        exec(compile(script.read_text(encoding="utf-8"), str(script), "exec"), {})
    except Exception:  # noqa: BLE001
        return traceback.format_exc()
    raise AssertionError(source)


def test_json_says_the_same_of_a_message_and_of_its_filter(capsys: pytest.CaptureFixture[str]) -> None:
    message = "Invalid clause(s) in filter string: 'OR'"
    text = "tags.a = 'x' OR tags.b = 'y'"
    arguments = [message, "--filter", text, "--mlflow-version", "3.17.2", "--output-format", "json"]

    assert main(["explain", *arguments]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["message"]["is_certain"]
    assert found["message"]["rules"] == ["MLQ101"]
    [finding] = found["message"]["causes"][0]["findings"]
    assert (finding["code"], text[finding["start"] : finding["end"]]) == ("MLQ101", "OR")
    assert (found["filter"]["text"], found["filter"]["read_by"]) == (text, None)


def test_json_says_what_a_filter_means_and_who_runs_it(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--filter", "params.lr IS NULL", "--mlflow-version", "3.17.2", "--output-format", "json"]

    assert main(["explain", *arguments]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["message"] is None
    answers = {each["version"]: each["answer"] for each in found["filter"]["versions"]}
    assert (answers["2.3.0"], answers["3.11.1"]) == ("refuses", "runs")
    assert found["filter"]["means"]
    assert found["filter"]["for_all_versions"] is None


def test_json_of_what_is_no_message_of_mlflows(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "no such thing", "--output-format", "json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"message": None, "filter": None}


def test_a_store_says_by_which_clause_a_filter_finds_nothing(
    read_only_churn: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "params.model = 'xgb' AND metrics.auc > 0.5"
    result = cli.run_here(monkeypatch, capsys, read_only_churn, "explain", "--filter", text, "--connect")
    assert result.status == 0
    assert result.out.splitlines()[-2:] == [
        "0 of 36 runs match this filter now.",
        "  params.model = 'xgb' matches 0 of 36 runs; nearest 'xgboost', 20",
    ]


def test_a_store_says_in_json_how_many_match_and_what_is_left_out(
    read_only_churn: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asking = ("explain", "--filter", "tags.`reviewed by` != 'bob'", "--connect", "--output-format", "json")
    matches = cli.run_here(monkeypatch, capsys, read_only_churn, *asking).json["matches"]
    assert (matches["count"], matches["is_exact"], matches["of"]) == (12, True, 36)
    assert matches["left_out"] == ["!= leaves out 24 of 36 runs, which have no tags.reviewed by"]


def test_a_store_that_is_not_there_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asking = ("explain", "--filter", "metrics.auc > 1", "--connect")
    result = cli.run_here(monkeypatch, capsys, tmp_path, *asking)
    assert result.status == 2
    assert "no store" in result.err
