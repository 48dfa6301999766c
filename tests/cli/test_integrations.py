"""The hooks for pre-commit and the action for GitHub do what they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml
from mlq.cli.version import DISTRIBUTION
from mlq.hosts.languages import SUFFIXES
from support import cli

ROOT = Path(__file__).parents[2]
BAD = 'import mlflow\nmlflow.search_runs(filter_string="params.a = 32")\n'


def _environment(**more: str) -> dict[str, str]:
    """Return an environment in which nothing but what is installed is found."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHONPATH"))}
    return {**ours, **more}


def _commit(folder: Path) -> None:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "all"]):
        subprocess.run(["git", *command], cwd=folder, env=_environment(), check=True)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where packages are installed from; without one the test is skipped."""
    folder = tmp_path_factory.mktemp("index")
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, "hatchling"]
    if subprocess.run(pip, capture_output=True, check=False).returncode:
        pytest.skip("no package index can be reached")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that holds what pip needs to install mlq, as this tree has it."""
    folder = tmp_path_factory.mktemp("repository")
    for name in ("grammar", "server"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder)
    _commit(folder)
    return folder


def test_the_hooks_get_every_file_that_may_hold_filters() -> None:
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text()):
        wanted = re.compile(hook["files"])
        assert all(wanted.search(f"a{suffix}") for suffix in SUFFIXES)
        assert not wanted.search("a.txt")


@pytest.mark.index
@pytest.mark.usefixtures("index")
def test_pre_commit_installs_and_runs_the_hooks(repository: Path, tmp_path: Path) -> None:
    hooks = [{"id": "mlq-fix"}, {"id": "mlq-check"}]
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository, capture_output=True, check=True)
    configuration = {
        "repos": [{"repo": str(repository), "rev": head.stdout.decode().strip(), "hooks": hooks}]
    }
    project = tmp_path / "project"
    project.mkdir()
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configuration))
    (project / "bad.py").write_text(BAD)
    (project / "worse.mlq").write_text("metrics.a > 1 OR metrics.b > 1")
    _commit(project)

    run = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"]
    environment = _environment(PRE_COMMIT_HOME=str(tmp_path / "cache"))
    done = subprocess.run(run, cwd=project, env=environment, capture_output=True, check=False)

    said = done.stdout.decode()
    assert re.search(r"mlq-fix\.+Failed", said), said + done.stderr.decode()
    assert re.search(r"mlq-check\.+Failed", said)
    assert "files were modified by this hook" in said
    assert "worse.mlq:1:15" in said
    assert (project / "bad.py").read_text() == BAD.replace("32", "'32'")


def _steps() -> dict[str, Any]:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    assert action["runs"]["using"] == "composite"
    return {step["name"]: step for step in action["runs"]["steps"]}


def _run_step(name: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a step of the action as GitHub's runner does."""
    bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", _steps()[name]["run"]]
    given = _environment(RUNNER_TEMP=str(folder / "temp"), GITHUB_PATH=str(folder / "path"), **environment)
    return subprocess.run(bash, cwd=folder, env=given, capture_output=True, check=False)


def test_the_steps_of_the_action_take_only_inputs_that_there_are() -> None:
    inputs = yaml.safe_load((ROOT / "action.yml").read_text())["inputs"]
    for step in _steps().values():
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "what people write must not become part of a script"
        for value in step["env"].values():
            name = re.fullmatch(r"\$\{\{ inputs\.(\w+) \}\}", value)
            assert value == "${{ github.action_path }}" or (name and name[1] in inputs)


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_the_action_annotates_the_lines(tmp_path: Path) -> None:
    (tmp_path / "a b.py").write_text(BAD)
    (tmp_path / "warned.mlq").write_text("status = 'Completed'")
    path = os.pathsep.join([str(cli.BIN), os.environ["PATH"]])

    both = _run_step("Check filters", tmp_path, PATH=path, MLQ_PATHS=".", MLQ_ARGS="")
    strict = _run_step(
        "Check filters", tmp_path, PATH=path, MLQ_PATHS="warned.mlq", MLQ_ARGS="--max-warnings 0"
    )

    assert both.returncode == 1
    assert both.stdout.startswith(b"::error file=a b.py,line=2,endLine=2,col=46,endColumn=48,title=MLQ401::")
    assert (strict.returncode, strict.stdout[:9]) == (1, b"::warning")


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_the_action_installs_the_version_that_is_asked_for(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "wheels"]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    # What mlq needs is left out here: the wheel alone is to be had.
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path / "wheels"), "PIP_NO_DEPS": "1"}

    done = _run_step("Install mlq", tmp_path, MLQ_ACTION="", MLQ_VERSION=version(DISTRIBUTION), **offline)

    assert done.returncode == 0, done.stderr.decode()
    folder = Path((tmp_path / "path").read_text().strip())
    assert shutil.which("mlq-check", path=folder)
