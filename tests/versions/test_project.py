"""Which MLflow judges a project's filters: settings, server, environment, pins, in this order."""

from __future__ import annotations

from pathlib import Path

import pytest
from mlq.versions.choice import Chosen, Clue, choose
from mlq.versions.project import detect, project_folders
from mlq_grammar.releases import NEWEST, OLDEST


def install(environment: Path, layout: str = "lib/python3.11/site-packages", **versions: str) -> None:
    """Leave the metadata of distributions as pip does."""
    for name, version in versions.items():
        folder = environment / layout / f"{name}-{version}.dist-info"
        folder.mkdir(parents=True)
        text = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\nSummary: -\n\nVersion: 9.9.9\n"
        (folder / "METADATA").write_text(text)


def found(folder: Path, **environ: str) -> str:
    """Return the sentence that says which MLflow judges."""
    return str(detect(folder, environ))


def test_without_any_clue_it_is_the_newest_known(tmp_path: Path) -> None:
    assert found(tmp_path) == f"MLflow {NEWEST}, the newest that mlq knows"


def test_what_is_installed_counts_before_what_is_pinned(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("mlflow==2.14.3\n")
    assert found(tmp_path) == "MLflow 2.14.3, from requirements.txt"

    install(tmp_path / ".venv", mlflow="3.1.4", mlflow_skinny="3.1.3", sqlparse="0.5.3")
    assert found(tmp_path) == "MLflow 3.1.4, installed in .venv"
    assert detect(tmp_path, {}).sqlparse == "0.5.3"


def test_the_server_counts_before_what_is_installed_and_a_setting_before_all(tmp_path: Path) -> None:
    install(tmp_path / ".venv", mlflow="3.1.4")
    server, setting = Clue("2.22.5", "the tracking server's"), Clue("3.4.0", "from [tool.mlq]")

    assert str(detect(tmp_path, {}, server=server)) == "MLflow 2.22.5, the tracking server's"
    assert str(detect(tmp_path, {}, server=server, setting=setting)) == "MLflow 3.4.0, from [tool.mlq]"


def test_environments_have_an_order(tmp_path: Path) -> None:
    project, active = tmp_path / "project", tmp_path / "active"
    install(project / "env", mlflow="2.9.2")
    assert found(project) == "MLflow 2.9.2, installed in env"

    install(active, "Lib/site-packages", mlflow_skinny="2.10.2")
    assert found(project, VIRTUAL_ENV=str(active)) == f"MLflow 2.10.2, installed in {active}"

    install(project / "venv", mlflow="2.11.5")
    assert found(project, VIRTUAL_ENV=str(active)) == "MLflow 2.11.5, installed in venv"

    install(project / ".venv", numpy="2.0.0")
    assert found(project, VIRTUAL_ENV=str(active)) == "MLflow 2.11.5, installed in venv"


def test_of_two_that_an_update_left_behind_the_newest_counts(tmp_path: Path) -> None:
    install(tmp_path / ".venv", mlflow="3.9.0")
    install(tmp_path / ".venv", mlflow="3.10.1")

    assert detect(tmp_path, {}).version == "3.10.1"


def test_a_file_deep_in_a_repository_belongs_to_it(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("mlflow==2.3.2\n")
    root = tmp_path / "repository"
    package = root / "packages" / "churn"
    (root / ".git").mkdir(parents=True)
    (package / "src").mkdir(parents=True)
    (package / "pyproject.toml").write_text('[project]\ndependencies = ["mlflow"]\n')
    (root / "uv.lock").write_text('[[package]]\nname = "mlflow"\nversion = "2.14.3"\n')
    assert found(package / "src") == "MLflow 2.14.3, from uv.lock"

    (package / "requirements.txt").write_text("mlflow==3.0.1\n")
    assert found(package / "src") == "MLflow 3.0.1, from requirements.txt"


def test_without_git_a_project_begins_at_the_workspace_or_its_pyproject_file(tmp_path: Path) -> None:
    project, folder = tmp_path / "project", tmp_path / "project" / "src"
    folder.mkdir(parents=True)
    assert project_folders(folder) == (folder,)
    assert project_folders(folder, workspace=project) == (folder, project)
    assert project_folders(folder, workspace=tmp_path / "elsewhere") == (folder,)

    (project / "pyproject.toml").touch()
    assert project_folders(folder) == (folder, project)


@pytest.mark.parametrize(
    ("version", "judge", "word"),
    [("3.19.0", NEWEST, "newer"), ("4.0.0rc1", NEWEST, "newer"), ("1.30.0", OLDEST, "older")],
)
def test_versions_beyond_the_tables_are_judged_as_the_nearest_and_told(
    version: str, judge: str, word: str
) -> None:
    chosen = choose([Clue(version, "from uv.lock")])

    assert chosen.version == judge
    assert (
        chosen.note
        == f"MLflow {version}, from uv.lock, is {word} than mlq knows; {judge} judges in its place"
    )
    assert str(chosen) == f"MLflow {judge}, in place of {version}, from uv.lock"


def test_a_series_is_its_newest_release() -> None:
    assert choose([Clue("3.11", "set")]).version == "3.11.1"


def test_no_version_is_no_clue() -> None:
    assert choose([None, Clue("3.x", "set"), Clue("", "set"), Clue("9" * 10_000, "set")]) == Chosen()
