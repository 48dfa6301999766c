"""Which MLflow the command line takes for the judge, and what it says of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mlq_grammar.releases import NEWEST
from support import cli

if TYPE_CHECKING:
    from pathlib import Path

IS_NULL = "params.lr IS NULL"
REFUSED = "IS NULL on a param: MLflow 2.14.3 refuses it; since 3.11.1."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that pins MLflow 2.14.3 and asks for what 3.11.1 brought."""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "churn"\ndependencies = ["mlflow"]\n')
    (tmp_path / "uv.lock").write_text('[[package]]\nname = "mlflow"\nversion = "2.14.3"\n')
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "null.mlq").write_text(IS_NULL)
    return tmp_path


def test_the_pin_of_the_project_judges_its_files_from_anywhere(project: Path) -> None:
    for cwd, path in ((project, "src"), (project / "src", "."), (None, project)):
        [finding] = cli.check(path, "--output-format", "json", cwd=cwd, VIRTUAL_ENV="").json
        assert (finding["code"], finding["message"].splitlines()[0]) == ("MLQ601", REFUSED)


def test_the_pin_judges_a_filter_on_the_command_line_but_not_jsonl(project: Path) -> None:
    assert cli.check("--filter", IS_NULL, cwd=project, VIRTUAL_ENV="").status == 1
    question = '{"entity": "runs", "filter": "params.lr IS NULL"}\n'
    assert cli.check("--jsonl", stdin=question, cwd=project).json_lines[0]["ok"] is True
    older = cli.check("--jsonl", "--mlflow-version", "2.14", stdin=question, cwd=project)
    assert older.json_lines[0]["ok"] is False


def test_settings_and_arguments_count_before_pins(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.mlq]\nmlflow-version = "3.11"\n')

    assert cli.check("src", cwd=project).status == 0
    assert cli.check("src", "--mlflow-version", "3.10", cwd=project).status == 1


def test_version_says_which_one_judges_and_why(project: Path) -> None:
    def judge() -> str:
        lines = cli.run("mlq", "version", cwd=project, VIRTUAL_ENV="").out.splitlines()
        [line] = [line for line in lines if line.startswith("Filters in this folder")]
        return line

    assert judge() == "Filters in this folder are judged by MLflow 2.14.3, from uv.lock"
    (project / "pyproject.toml").write_text('[tool.mlq]\nmlflow-version = "3.11"\n')
    assert judge() == "Filters in this folder are judged by MLflow 3.11.1, from [tool.mlq] in pyproject.toml"
    (project / "pyproject.toml").unlink()
    (project / "uv.lock").unlink()
    assert judge() == f"Filters in this folder are judged by MLflow {NEWEST}, the newest that mlq knows"


def test_a_version_beyond_the_newest_known_is_told_once(project: Path) -> None:
    (project / "src" / "more.mlq").write_text(IS_NULL)

    result = cli.check("src", "--mlflow-version", "3.99.0", cwd=project)

    note = f"MLflow 3.99.0, from --mlflow-version, is newer than mlq knows; {NEWEST} judges in its place"
    assert result.status == 0
    assert result.err.count(note) == result.err.count("3.99") == 1


@pytest.mark.parametrize("version", ["3.x", "abc", "3", "3.1.", "", "1" * 200])
def test_what_is_no_version_is_wrong_usage(version: str, project: Path) -> None:
    assert cli.check("src", f"--mlflow-version={version}", cwd=project).status == 2

    (project / "pyproject.toml").write_text(f'[tool.mlq]\nmlflow-version = "{version or "v"}"\n')
    result = cli.check("src", cwd=project)
    assert result.status == 2
    assert '"mlflow-version" must be a version such as "2.22" or "3.17.2"' in result.err


@pytest.mark.parametrize("version", ["2.14", "2.14.3", "3.18.0rc1", "3.4.0.dev0"])
def test_releases_and_those_on_the_way_are_versions(version: str, project: Path) -> None:
    assert cli.check("src", "--mlflow-version", version, cwd=project).status in (0, 1)
