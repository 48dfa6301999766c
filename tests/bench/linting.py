"""How long `mlq-check` takes beside `ruff check --no-cache`, and its memory: whole processes, in turns."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

TREE = Path(".cache/bench/site-packages")
PACKAGES = ("mlflow", "django", "sympy", "boto3")
BIN = Path(sys.executable).parent
MEGABYTES = 100
"""The most memory that a run may take."""

_PLAIN = "import os\n\nprint(os.getcwd())\n"
_FILTER = "import mlflow\n\nmlflow.search_runs(filter_string='params.batch_size = 32')\n"


class Cost(NamedTuple):
    """What a process took: seconds on the clock and of the processors, and megabytes."""

    wall: float
    cpu: float
    memory: float


class Line(NamedTuple):
    """What was measured of one input: our share of ruff's seconds, our megabytes, and the goal."""

    name: str
    ruff: float
    wall: float
    cpu: float
    memory: float
    goal: float


def lines(folder: Path) -> Iterator[Line]:
    """Measure files without and with a filter, made in a folder, and a tree of packages."""
    plain, filtered = folder / "plain.py", folder / "train.py"
    plain.write_text(_PLAIN, encoding="utf-8")
    filtered.write_text(_FILTER, encoding="utf-8")
    yield in_turns("a file without filters", plain, 15, 1.5, folder)
    yield in_turns("a file with a refused filter", filtered, 15, 6, folder)
    yield in_turns("all packages", tree(), 3, 0.15, folder)


def in_turns(name: str, path: Path, rounds: int, goal: float, folder: Path) -> Line:
    """Run both on a path, in turn; the ratios are the medians of the rounds' ratios."""
    ruff = [str(BIN / "ruff"), "check", "--no-cache", "--isolated", "--no-respect-gitignore", str(path)]
    mlq = [str(BIN / "mlq-check"), str(path)]
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # people's packages are compiled once
    cost(mlq, environment)
    costs = [(cost(ruff, environment), cost(mlq, environment)) for _ in range(rounds)]
    return Line(
        name,
        median(theirs.wall for theirs, _ in costs),
        median(ours.wall / theirs.wall for theirs, ours in costs),
        median(ours.cpu / theirs.cpu for theirs, ours in costs),
        max(ours.memory for _, ours in costs),
        goal,
    )


def cost(command: list[str], environment: dict[str, str]) -> Cost:
    """Run a command from start to end."""
    began = perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    wall = perf_counter() - began
    process.returncode = 0  # it has been waited for
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def tree() -> Path:
    """Return a folder with the packages, and all that they need; without an index, the environment's own."""
    if TREE.is_dir():
        return TREE
    sys.stdout.write(f"Installing {', '.join(PACKAGES)} into {TREE} (once; a minute or two) ...\n")
    part = TREE.with_suffix(".part")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--target", str(part)]
    installed = subprocess.run([*command, *PACKAGES], capture_output=True, text=True, check=False)
    if installed.returncode:
        own = Path(sysconfig.get_path("purelib"))
        reason = (installed.stderr.strip() or "pip failed").splitlines()[-1]
        sys.stdout.write(f"They cannot be had: {reason}\nMeasured in their place: {own}\n")
        return own
    return part.rename(TREE)
