"""Hunt for filters that we judge otherwise than the installed MLflow does.

`python tests/oracle/hunt.py [SEED [COUNT]]`: so many filters of each search API, the same for the same seed.
Each find is printed with its seed, so that it becomes a case or a row of a table.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import mlflow
from mlq_grammar.dialect import ENTITIES, load
from mlq_grammar.verdict import judge
from support.filters import filters
from support.oracle import Oracle


def hunt(seed: int, count: int, oracle: Oracle) -> int:
    """Print every disagreement on so many filters of each search API; return their number."""
    finds = 0
    for entity in ENTITIES:
        dialect = load(entity, mlflow.__version__)
        if not dialect.exists:
            continue
        for text in islice(filters(entity, seed, mlflow_version=mlflow.__version__), count):
            ours, (ok, message) = judge(text, dialect), oracle.verdict(entity, text)
            if ours.ok is not ok:
                finds += 1
                print(f"{entity} seed {seed}: {text!r}\n  MLflow: {message or 'runs it'}\n  we: {ours}")  # noqa: T201
    return finds


def main() -> None:
    """Hunt with the seed and the count of the command line."""
    seed, count = (int(word) for word in [*sys.argv[1:], *["1", "1000"][len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        finds = hunt(seed, count, Oracle(Path(folder)))
    print(f"MLflow {mlflow.__version__}, {count} filters of each search API: {finds} disagreements")  # noqa: T201
    sys.exit(1 if finds else 0)


if __name__ == "__main__":
    main()
