"""What files and arguments say of rules and paths, as `mlq-check` heeds it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from support.cli import Result, run_here

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Check = Callable[..., list[str]]
    Run = Callable[..., Result]

SCRIPT = """\
import mlflow
mlflow.search_runs(filter_string="params.batch_size = 32")
mlflow.search_runs(filter_string="status = 'Completed'")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Scripts that each have an MLQ401 and an MLQ502."""
    for name in ("train.py", "old/train.py", "old/deep/train.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SCRIPT)
    return tmp_path


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `mlq check` in the project."""
    return partial(run_here, monkeypatch, capsys, project, "check")


@pytest.fixture
def check(run: Run) -> Check:
    """Run it and return what it reports: `train.py MLQ401`."""

    def check(*arguments: str) -> list[str]:
        found = run(*arguments, "--output-format", "json").json
        return [f"{each['path']} {each['code']}" for each in found]

    return check


def both(*paths: str) -> list[str]:
    return [f"{path} {code}" for path in paths for code in ("MLQ401", "MLQ502")]


DEEP, OLD, TOP = "old/deep/train.py", "old/train.py", "train.py"


def test_the_nearest_file_of_settings_counts(project: Path, check: Check) -> None:
    (project / "pyproject.toml").write_text('[tool.mlq]\nignore = ["MLQ4"]')
    (project / "old/mlq.toml").write_text('ignore = ["MLQ5"]')
    (project / "old/deep/pyproject.toml").write_text("[project]\nname = 'deep'")

    assert check() == [f"{DEEP} MLQ401", f"{OLD} MLQ401", f"{TOP} MLQ502"]


def test_in_one_folder_mlq_toml_comes_before_pyproject(project: Path, check: Check) -> None:
    (project / "pyproject.toml").write_text('[tool.mlq]\nignore = ["MLQ4"]')
    (project / "mlq.toml").write_text('ignore = ["MLQ5"]')

    assert check(TOP) == [f"{TOP} MLQ401"]


def test_what_is_excluded_is_not_walked_into_and_checked_where_named(project: Path, check: Check) -> None:
    (project / "mlq.toml").write_text('exclude = ["/old"]')

    assert check() == both(TOP)
    assert check(OLD) == both(OLD)
    assert check("old") == both(DEEP, OLD)
    assert check("old", OLD, "--force-exclude") == []


def test_arguments_come_before_files(project: Path, check: Check) -> None:
    (project / "mlq.toml").write_text('exclude = ["/old"]\nignore = ["MLQ401"]')

    assert check("--exclude", "deep") == [f"{OLD} MLQ502", f"{TOP} MLQ502"]
    assert check("--extend-exclude", "*.py") == []
    assert check("--ignore", "MLQ5") == [f"{TOP} MLQ401"]
    assert check("--extend-ignore", "unknown-status,MLQ1") == []
    assert check("--select", "MLQ4", "--select", "MLQ50") == both(TOP)
    assert check("--isolated", TOP) == both(TOP)


def test_a_file_of_settings_may_be_named(project: Path, check: Check, run: Run) -> None:
    (project / "mlq.toml").write_text('ignore = ["MLQ401"]')
    (project / "old/strict.toml").write_text('per-file-ignores = { "old/" = ["ALL"] }')

    assert check("--config", "old/strict.toml") == both(TOP)
    assert run("--config", "nowhere.toml").status == 2
    with pytest.raises(SystemExit, match="2"):
        run("--config", "old/strict.toml", "--isolated")


def test_git_may_be_disregarded(project: Path, check: Check) -> None:
    (project / ".gitignore").write_text("old/\n")

    assert check() == both(TOP)
    assert check("--no-respect-gitignore") == both(DEEP, OLD, TOP)
    (project / "mlq.toml").write_text("respect-gitignore = false")
    assert check() == both(DEEP, OLD, TOP)


def test_a_level_decides_the_status(project: Path, run: Run) -> None:
    (project / "mlq.toml").write_text('ignore = ["MLQ4"]\n')
    assert run(TOP).status == 0
    (project / "mlq.toml").write_text('ignore = ["MLQ4"]\nseverity = { unknown-status = "error" }')
    assert run(TOP).status == 1


def test_standard_input_has_the_settings_of_its_name(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "mlq.toml").write_text('per-file-ignores = { "old/" = ["MLQ4"] }')
    with (project / TOP).open() as script:
        monkeypatch.setattr("sys.stdin", script)
        found = run("-", "--stdin-filename", "old/new.py", "--output-format", "json").json

    assert [each["code"] for each in found] == ["MLQ502"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('selct = ["MLQ4"]', 'there is no setting "selct"; did you mean "select"?'),
        ('ignore = ["MLQ410x"]', '"ignore" names "MLQ410x", which is no rule; did you mean "MLQ410"?'),
        ('ignore = ["param-no-text"]', 'which is no rule; did you mean "param-not-text"?'),
        ('ignore = ["E501"]', '"ignore" names "E501", which is no rule (`mlq rule` lists all)'),
        ('ignore = "MLQ4"', '"ignore" must be a list of strings'),
        ('per-file-ignores = ["a"]', '"per-file-ignores" must be a table such as'),
        ('per-file-ignores = { "a" = ["MLQ77"] }', '"per-file-ignores" for "a" names "MLQ77"'),
        ('severity = { MLQ401 = "warn" }', 'hint or off; did you mean "warning"?'),
        ('severity = { MLQ77 = "off" }', '"severity" names "MLQ77", which is no rule'),
        ('exclude = ["!"]', '"exclude" has "!", which is no pattern of .gitignore'),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(project: Path, run: Run, text: str, said: str) -> None:
    (project / "mlq.toml").write_text(text)

    result = run()

    assert result.status == 2
    [line] = [line for line in result.err.splitlines() if line.startswith("mlq check:")]
    assert line.startswith(f"mlq check: {project / 'mlq.toml'}: ")
    assert said in line


def test_wrong_arguments_end_it(run: Run) -> None:
    result = run("--select", "MLQ4001")

    assert (result.status, result.out) == (2, "")
    assert result.err == (
        'mlq check: command line: "select" names "MLQ4001", which is no rule; did you mean "MLQ401"?\n'
    )


def test_other_keys_may_hold_filters(project: Path, check: Check, run: Run) -> None:
    (project / "mlq.toml").write_text('filter-keys = { "eval.where" = "traces" }')
    (project / "eval.yaml").write_text("eval:\n  where: tags.a = 3\nwhere: tags.a = 3\n")

    assert check("eval.yaml") == ["eval.yaml MLQ402"]
    assert "eval.yaml:2: Checked as a filter of traces." in run("--why", "eval.yaml:2").out
    (project / "mlq.toml").write_text('filter-keys = { where = "run" }')
    assert 'for "where" must be one of runs' in run("eval.yaml").err
