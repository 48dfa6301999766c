"""Hunt for filters that we judge otherwise than the installed MLflow does.

`python tests/oracle/hunt.py [SEED [COUNT]]`: for each search API so many random filters, and so many of each
sweep (`support/sweeps.py`), all where it has no more; the same for the same seed. Each find is printed with
its seed, so that it becomes a case or a row of a table.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import mlflow
from mlq_grammar.dialect import ENTITIES, Dialect, load
from mlq_grammar.verdict import judge
from support.filters import filters
from support.oracle import Oracle
from support.sweeps import SWEEPS, sample

_LONGEST_SHOWN = 300


def hunt(seed: int, count: int, oracle: Oracle) -> tuple[int, int]:
    """Print every disagreement on so many filters of each kind; return how many were asked, and of these."""
    asked = finds = 0
    for entity in ENTITIES:
        dialect = load(entity, mlflow.__version__)
        for text in _texts(dialect, seed, count) if dialect.exists else ():
            asked += 1
            ours, (ok, message) = judge(text, dialect), oracle.verdict(entity, text)
            if ours.ok is not ok:
                finds += 1
                said = (message or "runs it")[:_LONGEST_SHOWN]
                found = f"{entity} seed {seed}: {_shown(text)}\n  MLflow: {said}\n  we: {_shown(ours)}"
                print(found, flush=True)  # noqa: T201
    return asked, finds


def _texts(dialect: Dialect, seed: int, count: int) -> Iterator[str]:
    yield from islice(filters(dialect.entity, seed, mlflow_version=dialect.mlflow_version), count)
    for sweep in SWEEPS:
        yield from sample(sweep, dialect, seed, count)


def _shown(thing: object) -> str:
    """Return what makes the thing again, its middle left out where it is long."""
    text = repr(thing)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:200]} … ({len(text)} characters) … {text[-80:]}"


def main() -> None:
    """Hunt with the seed and the count of the command line."""
    seed, count = (int(word) for word in [*sys.argv[1:], *["1", "1000"][len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        asked, finds = hunt(seed, count, Oracle(Path(folder)))
    print(f"MLflow {mlflow.__version__}, {asked} filters: {finds} disagreements")  # noqa: T201
    sys.exit(1 if finds else 0)


if __name__ == "__main__":
    main()
