"""`mlq config` says each setting and its origin, and the server goes by the very same."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from mlq.lsp.configuration import Configuration
from mlq.settings import OPTIONS
from support.cli import Result, run_here

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Result]

TREE = {
    "pyproject.toml": '[tool.mlq]\nmlflow-version = "2.22"\nignore = ["MLQ5"]\nexperiments = ["churn"]\n',
    "mlq.toml": 'severity = { MLQ401 = "warning" }\nexclude = ["old/"]\n',
    "src/pyproject.toml": "[project]\nname = 'src'\n",
    "src/deep/train.py": "",
    "other/pyproject.toml": '[tool.mlq]\nper-file-ignores = { "*.py" = ["ALL"] }\nconnect = false\n',
    "other/wrong/mlq.toml": 'selct = ["MLQ4"]\nextend-exclude = ["x"]\nignore = ["MLQ999"]\n',
    "other/broken/mlq.toml": "select = [",
    "other/empty/mlq.toml": "",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Folders with files of settings that overrule each other, some of them wrong."""
    for name, text in TREE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.fixture
def config(tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `mlq config` in the tree."""
    return partial(run_here, monkeypatch, capsys, tree, "config")


def servers(folder: Path) -> dict[str, Any]:
    """Return the server's settings of a folder, as `mlq config` prints them."""
    settings = Configuration().settings(folder)
    return {
        option.name: {"value": getattr(settings, option.attribute), "origin": settings.origin(option.name)}
        for option in OPTIONS
        if not option.is_clients
    }


FOLDERS = [".", "src", "src/deep", "other", "other/wrong", "other/broken", "other/empty"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_server_reads_the_very_same(tree: Path, config: Run, folder: str) -> None:
    said = config(folder, "--output-format", "json").json

    assert said == json.loads(json.dumps(servers(tree / folder), default=dict))
    assert set(said) == {option.name for option in OPTIONS if not option.is_clients}


def test_origins_are_files_the_command_line_and_defaults(tree: Path, config: Run) -> None:
    lines = config("src/deep/train.py", "--mlflow-version", "3.1").out.splitlines()
    said = {line.split()[0]: line.split(None, 1)[1] for line in lines}

    assert said["severity"].split("  ") == ['{"MLQ401": "warning"}', str(tree / "mlq.toml")]
    assert said["mlflow-version"].split() == ['"3.1"', "command", "line"]
    assert said["select"].split() == ["[]", "default"]
    assert said["ignore"].split() == ["[]", "default"], "in one folder, mlq.toml counts alone"


def test_what_cannot_be_used_is_said(tree: Path, config: Run) -> None:
    result = config("other/wrong")

    assert result.status == 2
    assert result.err.splitlines() == [
        f"mlq config: {tree / 'other/wrong/mlq.toml'}: {message}"
        for message in (
            'there is no setting "selct"; did you mean "select"?',
            '"ignore" names "MLQ999", which is no rule (`mlq rule` lists all)',
        )
    ]


def test_the_schema_is_of_all_that_a_file_may_have(config: Run) -> None:
    schema = config("--schema").json

    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == {option.name for option in OPTIONS if not option.is_clients}
