"""Files that no person writes: they are answered, or refused with a clear line, in bounded memory."""

from __future__ import annotations

import json
import resource
import subprocess
from typing import TYPE_CHECKING

import pytest
from support.cli import BIN
from support.notebooks import written

if TYPE_CHECKING:
    pass

MEGABYTE = 1_000_000
MOST_MEMORY = 400 * MEGABYTE
FUNCTION = "def f(x):\n    return [x, 'text', {'key': 1.0}]  # and a comment\n"
SEARCH = "import mlflow\nmlflow.search_runs(filter_string='params.a = 3')\n"


def notebook(output: str) -> str:
    """Return a notebook with a wrong filter behind a cell with this output."""
    file = json.loads(written("import mlflow", "mlflow.search_runs(filter_string='params.a = 3')"))
    file["cells"][0]["outputs"] = [{"output_type": "display_data", "data": {"image/png": output}}]
    return json.dumps(file)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each file, by its name."""
    folder = tmp_path_factory.mktemp("big")
    quiet = FUNCTION * (50 * MEGABYTE // len(FUNCTION))
    texts = {
        "quiet.py": quiet,
        "calls.py": SEARCH + quiet,
        "pixels.ipynb": notebook("iVBORw0KGgo" * (20 * MEGABYTE // 11)),
        "code.ipynb": written("import mlflow", FUNCTION * (3 * MEGABYTE // len(FUNCTION))),
        "line.py": f"DATA = [{'1, ' * (5 * MEGABYTE // 3)}]\n",
        "text.py": SEARCH + f"DATA = '{'x' * (2 * MEGABYTE - 100)}'\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    done = subprocess.run(
        [BIN / "mlq-check", "--output-format", "concise", *texts],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_limit_memory,
    )
    lines = (done.stdout + done.stderr).splitlines()
    return {name: "\n".join(line for line in lines if f"{name}:" in line) for name in texts}


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def test_long_python_is_read_as_far_as_it_matters(said: dict[str, str]) -> None:
    assert said["quiet.py"] == said["line.py"] == ""
    assert said["text.py"].startswith("text.py:2:46: error[MLQ401]")
    assert said["calls.py"] == "mlq-check: calls.py: longer than 10 MB, the most that is read"


def test_a_notebook_of_20_megabytes_is_answered(said: dict[str, str]) -> None:
    assert said["pixels.ipynb"].startswith("pixels.ipynb:cell 2:1:46: error[MLQ401]")


def test_a_notebook_of_too_much_code_is_refused(said: dict[str, str]) -> None:
    assert said["code.ipynb"] == (
        "mlq-check: code.ipynb: holds more than 2 MB of code, the most that is read"
    )
