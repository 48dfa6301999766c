"""Which interpreter is a project's, and whether it may be run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.tracking.interpreters import interpreter

if TYPE_CHECKING:
    from pathlib import Path


def make(environment: Path, program: str = "bin/python") -> str:
    """Make an interpreter in an environment, and return its path."""
    (environment / program).parent.mkdir(parents=True)
    (environment / program).touch()
    return str(environment / program)


def test_environment_of_a_trusted_project_comes_first(tmp_path: Path) -> None:
    active = {"VIRTUAL_ENV": str(tmp_path / "active")}
    own, others = make(tmp_path / "project" / ".venv"), make(tmp_path / "active")
    assert interpreter([tmp_path / "project"], active, trusted=True) == own
    assert interpreter([tmp_path / "project"], active, trusted=False) == others


def test_environment_of_a_project_that_is_not_trusted_is_not_run(tmp_path: Path) -> None:
    make(tmp_path / ".venv")
    assert interpreter([tmp_path], {}, trusted=False) == ""


def test_environments_of_conda_and_of_windows(tmp_path: Path) -> None:
    conda = make(tmp_path / "conda")
    windows = make(tmp_path / "project" / "venv", "Scripts/python.exe")
    assert interpreter([], {"CONDA_PREFIX": str(tmp_path / "conda")}, trusted=False) == conda
    assert interpreter([tmp_path / "project"], {}, trusted=True) == windows


def test_without_any_there_is_none(tmp_path: Path) -> None:
    assert interpreter([tmp_path], {"VIRTUAL_ENV": str(tmp_path / "gone")}, trusted=True) == ""
