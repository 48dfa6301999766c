"""`mlq-check` as people and programs use it."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from mlq.cli.check import main
from mlq.findings import Edit, apply
from mlq.ide.analysis import Analysis
from support import cli

if TYPE_CHECKING:
    from pathlib import Path

    from mlq.ide.model import Diagnostic

BAD = """\
import mlflow

runs = mlflow.search_runs(
    experiment_names=["churn"],
    filter_string="params.batch_size = 32",
)
"""
GOOD = BAD.replace("= 32", "= '32'")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with one bad and one good file."""
    (tmp_path / "bad.py").write_text(BAD)
    (tmp_path / "good.py").write_text(GOOD)
    return tmp_path


def test_a_filter_that_mlflow_refuses_makes_the_status_1(project: Path) -> None:
    assert cli.check("bad.py", cwd=project).status == 1


def test_a_filter_that_mlflow_accepts_makes_the_status_0(project: Path) -> None:
    result = cli.check("good.py", cwd=project)

    assert (result.status, result.out) == (0, "")
    assert result.err == "1 filter in 1 file: nothing to complain about\n"


def test_the_current_folder_is_checked_where_no_path_is_given(project: Path) -> None:
    result = cli.check(cwd=project)

    assert result.status == 1
    assert result.err == "2 filters in 2 files: 1 error\n"


def test_full_shows_the_line_the_place_and_the_mended_line(project: Path) -> None:
    lines = cli.check("bad.py", cwd=project).out.splitlines()

    assert lines[0].startswith("error[MLQ")
    assert lines[1] == " --> bad.py:5:40"
    assert lines[3] == '5 |     filter_string="params.batch_size = 32",'
    assert lines[4] == "  |                                        ^^"
    assert lines[5].startswith("note: MLflow says: Expected a quoted string value for parameter")
    assert lines[6].startswith("help: ")
    assert lines[7] == "5 |     filter_string=\"params.batch_size = '32'\","
    assert lines[8].startswith("  = ")


def test_concise_is_one_line_a_finding(project: Path) -> None:
    (line,) = cli.check("bad.py", "--output-format", "concise", cwd=project).out.splitlines()

    assert line.startswith("bad.py:5:40: error[MLQ")


def test_json_is_one_array_of_findings(project: Path) -> None:
    (finding,) = cli.check(".", "--output-format", "json", cwd=project).json

    assert (
        " ".join(finding)
        == "path line column end_line end_column code severity message entity api filter fix url"
    )
    assert {key: finding[key] for key in ("path", "line", "column", "end_line", "end_column")} == {
        "path": "bad.py",
        "line": 5,
        "column": 40,
        "end_line": 5,
        "end_column": 42,
    }
    assert (finding["severity"], finding["entity"], finding["api"]) == ("error", "runs", "search_runs")
    assert finding["filter"] == "params.batch_size = 32"
    assert finding["fix"]["safe"] is True
    assert apply([Edit(**edit) for edit in finding["fix"]["edits"]], BAD) == GOOD


def test_json_of_nothing_is_an_empty_array(project: Path) -> None:
    result = cli.check("good.py", "--output-format", "json", cwd=project)

    assert (result.json, result.err) == ([], "")


def test_columns_are_code_points_and_offsets_skip_the_byte_order_mark(project: Path) -> None:
    source = (
        "# 😀\r\nimport mlflow\r\n"
        "mlflow.search_runs(filter_string=\"tags.`漢😀` = 'x' AND params.a = 32\")\r\n"
    )
    (project / "wide.py").write_bytes(source.encode("utf-8-sig"))

    (finding,) = cli.check("wide.py", "--output-format", "json", cwd=project).json

    line = source.split("\r\n")[finding["line"] - 1]
    assert (finding["line"], line[finding["column"] - 1 : finding["end_column"] - 1]) == (3, "32")
    mended = apply([Edit(**edit) for edit in finding["fix"]["edits"]], source)
    assert mended == source.replace("32", "'32'")


def test_standard_input_is_named_by_the_person(project: Path) -> None:
    unnamed = cli.check("-", "--output-format", "concise", stdin=BAD, cwd=project)
    named = cli.check(
        "-", "--stdin-filename", "src/x.py", "--output-format", "concise", stdin=BAD, cwd=project
    )
    query = cli.check("-", "--stdin-filename", "x.mlq", stdin="params.batch_size = 32", cwd=project)

    assert unnamed.out.startswith("<stdin>:5:40: error")
    assert named.out.startswith("src/x.py:5:40: error")
    assert (unnamed.status, named.status, query.status) == (1, 1, 1)


def test_one_filter_can_be_checked_by_itself() -> None:
    result = cli.check("--filter", "params.batch_size = 32", "--output-format", "json")

    (finding,) = result.json
    assert result.status == 1
    assert (finding["path"], finding["line"], finding["column"], finding["end_column"]) == (
        "<filter>",
        1,
        21,
        23,
    )
    assert (finding["entity"], finding["api"], finding["filter"]) == ("runs", None, "params.batch_size = 32")
    assert cli.check("--filter", "params.batch_size = '32'").status == 0
    assert cli.check("--filter", "").status == 0, "MLflow takes the empty filter for all runs"


def test_the_version_of_mlflow_decides(project: Path) -> None:
    is_null = "params.batch_size IS NULL"

    assert cli.check("--filter", is_null).status == 0
    assert cli.check("--filter", is_null, "--mlflow-version", "3.10.1").status == 1
    (project / "pyproject.toml").write_text('[tool.mlq]\nmlflow-version = "2.22"\n')
    (project / "null.mlq").write_text(is_null)
    assert cli.check("null.mlq", cwd=project).status == 1
    assert cli.check("null.mlq", "--mlflow-version", "3.17.2", cwd=project).status == 0
    assert cli.check("--filter", is_null, cwd=project).status == 1


def test_settings_that_cannot_be_used_are_said_once(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.mlq]\nmlflow-version = 2\n")

    result = cli.check(cwd=project)

    assert result.status == 2
    assert result.err.count("pyproject.toml") == 1
    assert "bad.py:5:40" in result.out


def test_a_search_that_this_mlflow_does_not_have_is_an_error(project: Path) -> None:
    (project / "good.py").write_text(GOOD + "mlflow.search_traces(filter_string=\"name = 'x'\")\n")

    result = cli.check("good.py", "--mlflow-version", "2.5", "--output-format", "concise", cwd=project)

    assert (result.status, result.err) == (1, "2 filters in 1 file: 1 error\n")
    assert "error[MLQ601]" in result.out


def test_list_prints_every_filter_and_judges_none(project: Path) -> None:
    result = cli.check("--list", cwd=project)

    assert (result.status, result.err) == (0, "2 filters in 2 files\n")
    assert result.out.splitlines() == [
        "bad.py:5:19: search_runs: params.batch_size = 32",
        "good.py:5:19: search_runs: params.batch_size = '32'",
    ]


def test_list_in_json_has_the_fields_of_a_region(project: Path) -> None:
    (region,) = cli.check("--list", "bad.py", "--output-format", "json", cwd=project).json

    assert region == {
        "path": "bad.py",
        "entity": "runs",
        "api": "search_runs",
        "text": "params.batch_size = 32",
        "start": BAD.index('"params'),
        "end": BAD.index('32"') + 3,
        "line": 5,
        "column": 19,
        "shape": "literal",
        "is_static": True,
    }


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["--filter", "a", "b.py"], "--filter checks one filter; it takes no PATH"),
        (["--filter", "a", "--jsonl"], "two different inputs"),
        (["--jsonl", "a.py"], "takes no PATH"),
        (["--jsonl", "--output-format", "json"], "leave out --output-format"),
        (["--entity", "runs"], "--entity belongs to --filter"),
        (["--list", "--filter", "a"], "--list takes files and folders"),
        (["--stdin-filename", "a.py"], "add - to read it"),
        (["-", "-"], "standard input can be read only once"),
        (["--mlflow-version", "new"], "'new' is no version; write one such as 3.10"),
        (["--output-format", "xml"], "invalid choice: 'xml'"),
        (["--list", "--output-format", "sarif"], "sarif is for findings; take json or jsonl"),
        (["--statistics", "--output-format", "junit"], "--statistics prints a table, or json"),
        (["--statistics", "--list"], "--list makes none"),
        (["--jsonl", "--output-file", "x"], "--output-file takes the findings of files"),
        (["--unsafe-fixes"], "--unsafe-fixes belongs to --fix or --diff"),
        (["--fix", "--filter", "a"], "--fix mends files"),
        (["--fix", "-", "a.py"], "it takes no other PATH beside -"),
        (["--max-warnings", "few"], "'few' is no number such as 0 or 10"),
        (["--entity", "run", "--filter", "a"], "invalid choice: 'run'"),
        (["--since", "main", "--staged"], "two choices of files"),
        (["--since", "main", "-"], "--since chooses among files and folders"),
        (["--staged", "--filter", "a"], "--staged chooses among files and folders"),
        (["--staged", "--fix"], "--staged checks what git will commit"),
        (["--watch", "-"], "--watch takes files and folders"),
        (["--watch", "--fix"], "--watch only reports"),
        (["--watch", "--output-format", "json"], "--watch is for people; take full or concise"),
        (["--nosuch"], "unrecognized arguments: --nosuch"),
    ],
)
def test_arguments_that_contradict_each_other_are_refused_with_advice(
    arguments: list[str], advice: str
) -> None:
    result = cli.check(*arguments)

    assert (result.status, result.out) == (2, "")
    assert advice in result.err


def test_a_terminal_as_standard_input_is_refused_instead_of_waited_for() -> None:
    controller, terminal = os.openpty()
    try:
        done = subprocess.run([cli.BIN / "mlq-check", "-"], stdin=terminal, capture_output=True, check=False)
    finally:
        os.close(controller)
        os.close(terminal)

    assert done.returncode == 2
    assert done.stderr.decode() == (
        "mlq-check: <stdin>: standard input is a terminal; send a text into it with | or <\n"
    )


def test_colours_are_for_terminals_that_want_them(project: Path) -> None:
    assert "\033" not in cli.check("bad.py", cwd=project).out
    assert "\033[1;31m" in _in_terminal(project, TERM="xterm")
    assert "\033" not in _in_terminal(project, TERM="xterm", NO_COLOR="1")
    assert "\033" not in _in_terminal(project, TERM="dumb")


def test_links_are_for_terminals_that_open_them(project: Path) -> None:
    assert "\033]8;;file:///" in _in_terminal(project, TERM="xterm-kitty")
    assert "\033]8;;file:///" in _in_terminal(project, TERM="xterm-256color", VTE_VERSION="7200")
    assert "\033]8" not in _in_terminal(project, TERM="xterm")
    assert "\033]8" not in _in_terminal(project, TERM="xterm-kitty", NO_COLOR="1")


def _in_terminal(folder: Path, **environment: str) -> str:
    controller, terminal = os.openpty()
    telling = {"NO_COLOR", "TERM_PROGRAM", "VTE_VERSION", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM"}
    inherited = {name: value for name, value in os.environ.items() if name not in telling}
    subprocess.run(
        [cli.BIN / "mlq-check", "bad.py"],
        stdout=terminal,
        cwd=folder,
        env={**inherited, **environment},
        check=False,
    )
    os.close(terminal)
    shown = os.read(controller, 65536).decode()
    os.close(controller)
    return shown


def test_a_reader_who_goes_away_hears_no_complaint(project: Path) -> None:
    (project / "many.mlq").write_text("params.a = 1;\n" * 5000)
    process = subprocess.Popen(
        [cli.BIN / "mlq-check", "many.mlq"], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()

    assert process.stderr.read() == b""
    process.wait()


@pytest.mark.parametrize(
    ("redirection", "status", "complaint"),
    [
        (">&-", 1, "1 filter in 1 file: 1 error\n"),
        ("2>&-", 1, ""),
        (">/dev/full", 2, "mlq-check: cannot write: no space left on device\n"),
        ("<&-", 2, "mlq-check: <stdin>: standard input is closed\n"),
    ],
)
def test_streams_that_do_not_work_are_no_reason_for_a_traceback(
    project: Path, redirection: str, status: int, complaint: str
) -> None:
    path = "-" if redirection.startswith("<") else "bad.py"
    done = subprocess.run(
        f"{cli.BIN}/mlq-check {path} {redirection}", shell=True, cwd=project, capture_output=True, check=False
    )

    assert (done.returncode, done.stderr.decode()) == (status, complaint)


def test_what_the_output_cannot_encode_is_escaped(project: Path) -> None:
    (project / "wide.mlq").write_text("tags.x = 'é漢' AND params.a = 32", encoding="utf-8")

    result = cli.check("wide.mlq", cwd=project, PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert result.status == 1
    assert "\\u6f22" in result.out


def test_a_mistake_of_ours_is_one_line_and_the_other_files_are_checked(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble(_: Analysis) -> list[Diagnostic]:
        raise KeyError("unforeseen")

    monkeypatch.chdir(project)
    monkeypatch.setattr(Analysis, "diagnostics", stumble)
    (project / "nothing.py").write_text("x = 1\n")

    status = main(["bad.py", "nothing.py"])

    complaint, summary = capsys.readouterr().err.splitlines()
    assert status == 2
    assert complaint == (
        "mlq-check: bad.py: internal error, KeyError: 'unforeseen'; "
        "please report it with the output of `mlq version` and what MLQ_TRACEBACK=1 adds"
    )
    assert summary == "0 filters in 1 file: nothing to complain about"


def test_output_is_the_same_every_time(project: Path) -> None:
    first, second = (cli.check(cwd=project, PYTHONHASHSEED=seed).out for seed in "12")

    assert first == second


def test_json_findings_survive_names_that_are_no_utf_8(project: Path) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    (project / name).write_text(BAD)

    (finding,) = cli.check(name, "--output-format", "json", cwd=project).json

    assert finding["path"] == name
    assert cli.check(name, cwd=project).status == 1
