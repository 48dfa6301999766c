"""How fast mlq is beside MLflow's own parser: `make bench`.

What is compared is measured in turns, so that a busy machine is fair to all.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING

import mlq

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 200
STARTS = 7
BIN = Path(sys.executable).parent

# Each round fills in a new number: mlq remembers what it has parsed, and that is measured on its own.
FILTERS = {
    "one clause": "metrics.auc > 0.{0}",
    "five clauses": (
        "metrics.auc > 0.{0} AND params.model = 'm{0}' AND tags.team = 'growth' "
        "AND status = 'FINISHED' AND start_time > 17000000{0}"
    ),
    "fifty clauses": " AND ".join(f"metrics.m{number} > 0.{{0}}" for number in range(50)),
    "refused: a number for a param": "params.batch_size = {0}",
    "refused: OR": "metrics.auc > 0.{0} OR metrics.f1 > 0.{0}",
    "refused: an open quote": "params.model = 'm{0}",
}
SOURCE = "import mlflow\n\nmlflow.search_runs(filter_string='params.batch_size = 32')\n"


def main() -> None:
    """Measure and print all there is."""
    measure_checks()
    measure_starts()


def measure_checks() -> None:
    """Print the time of one check, in microseconds, for both."""
    from mlflow.exceptions import MlflowException
    from mlflow.utils.search_utils import SearchUtils

    def parse(text: str) -> None:
        with suppress(MlflowException):
            SearchUtils.parse_search_filter(text)

    say(f"One filter, microseconds: median (95th percentile) of {ROUNDS} rounds\n")
    say(f"{'':<32}{'MLflow parses':>18}{'mlq.check':>18}{'mlq.check again':>18}")
    for name, template in FILTERS.items():
        theirs, ours, again = in_turns(template, parse, mlq.check, mlq.check)
        say(f"{name:<32}{theirs:>18}{ours:>18}{again:>18}")
    say("\nMLflow only parses; mlq also says what is wrong, where, and how to mend it.\n")


def in_turns(template: str, *functions: Callable[[str], object]) -> list[str]:
    """Call the functions in turn with the same new text, many times; return their times as text."""
    times: list[list[float]] = [[] for _ in functions]
    for number in range(ROUNDS + 1):
        text = template.format(100 + number)
        for function, taken in zip(functions, times, strict=True):
            began = perf_counter()
            function(text)
            taken.append((perf_counter() - began) * 1e6)
    # The first round pays for what is loaded once.
    return [f"{median(taken[1:]):.0f} ({quantiles(taken[1:], n=20)[-1]:.0f})" for taken in times]


def measure_starts() -> None:
    """Print how long commands take from start to end."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "train.py")
        file.write_text(SOURCE, encoding="utf-8")
        commands: dict[str, list[str | Path]] = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "python -c 'import mlq'": [sys.executable, "-c", "import mlq"],
            "mlq-check --filter …": [BIN / "mlq-check", "--filter", "params.batch_size = 32"],
            "mlq-check train.py": [BIN / "mlq-check", file],
            "python -c 'import mlflow'": [sys.executable, "-c", "import mlflow"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(STARTS):
            for name, command in commands.items():
                began = perf_counter()
                subprocess.run(command, capture_output=True, check=False)
                times[name].append((perf_counter() - began) * 1e3)
    say(f"One process from start to end, milliseconds: median (fastest) of {STARTS}\n")
    for name, taken in times.items():
        say(f"{name:<32}{median(taken):>8.0f} ({min(taken):.0f})")


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
