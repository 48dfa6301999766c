"""How fast mlq is beside ruff and MLflow's own parser: `make bench`.

What is compared is measured in turns, so that a busy machine is fair to all.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

STARTS = 7
LINEAR = 1.2
IMPORT = 15
BIN = Path(sys.executable).parent
SOURCE = "import mlflow\n\nmlflow.search_runs(filter_string='params.batch_size = 32')\n"


def main() -> None:
    """Measure and print all there is."""
    # First, since a process starts with the size of the one that starts it, and MLflow's parser is large.
    measure_linting()
    measure_checks()
    measure_starts()
    measure_completion()


def measure_completion() -> None:
    """Print what a keystroke's completion takes in the server, beside the most that it should take."""
    from bench.completion import GROWTH, MILLISECONDS, SIZES, lines

    say("\nCompletion in the server, milliseconds of the processor: median of all rounds\n")
    sizes = "".join(f"{size:>12,} keys" for size in SIZES)
    say(f"{'typed':<16}{sizes}{f'growth (goal {GROWTH})':>20}{'goal, ms':>12}")
    for line in lines():
        growth = line.taken[-1] / line.taken[0]
        missed = growth > GROWTH or line.taken[-1] > MILLISECONDS
        taken = "".join(f"{each:>17.2f}" for each in line.taken)
        say(f"{line.typed:<16}{taken}{growth:>20.2f}{MILLISECONDS:>12.1f}{'   missed' if missed else ''}")


def measure_linting() -> None:
    """Print our share of ruff's time, and our memory, beside the most that they should be."""
    from bench.linting import MEGABYTES, lines

    say("mlq-check beside ruff check --no-cache, whole processes: median of all rounds\n")
    say(f"{'':<36}{'ruff, ms':>12}{'mlq / ruff':>12}{'goal':>8}{'of processors':>16}{'MB':>8}{'goal':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for line in lines(Path(folder)):
            verdict = "" if line.wall <= line.goal and line.memory <= MEGABYTES else "   missed"
            say(
                f"{line.name:<36}{line.ruff * 1e3:>12.0f}{line.wall:>12.2f}{line.goal:>8.2f}"
                f"{line.cpu:>16.2f}{line.memory:>8.0f}{MEGABYTES:>8}{verdict}"
            )
    say("")


def measure_checks() -> None:
    """Print our share of the time that MLflow's parser takes, beside the most that it should be."""
    from bench.checks import growth, lines

    say("mlq.check beside SearchUtils.parse_search_filter, each text new to both: median of all rounds\n")
    say(f"{'':<36}{'MLflow, µs':>12}{'mlq / MLflow':>16}{'goal':>8}")
    for line in lines():
        verdict = "" if line.ratio <= line.goal else "   missed"
        say(f"{line.name:<36}{line.mlflow:>12.0f}{line.ratio:>16.3f}{line.goal:>8.2f}{verdict}")
    say(f"\nOne clause among many, by one among 50 (goal {LINEAR}): ", end="")
    attributes, metrics = growth()
    say(f"{attributes:.2f} among 400 that run, {metrics:.2f} among 1,000, which SQLite refuses")
    say("\nMLflow only parses; mlq also says what is wrong, where, and how to mend it.\n")


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
    say(f"import mlq: {import_time():.1f} ms of one process (goal {IMPORT})\n")
    say(f"One process from start to end, milliseconds: median (fastest) of {STARTS}\n")
    for name, taken in times.items():
        say(f"{name:<32}{median(taken):>8.0f} ({min(taken):.0f})")


def import_time() -> float:
    """Return how many milliseconds `import mlq` takes, Python's own start not counted: the least of some."""
    command = [sys.executable, "-X", "importtime", "-c", "import mlq"]
    runs = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(STARTS))
    return min(int(run.stderr.splitlines()[-1].split("|")[1]) / 1e3 for run in runs)


def say(line: str, end: str = "\n") -> None:
    """Print a line."""
    sys.stdout.write(line + end)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
