"""Record what the installed MLflow says beside the sqlparse that is there, where ours say it differs.

`PYTHONPATH=FOLDER python tests/oracle/record_sqlparse.py >> tests/oracle/sqlparse.jsonl`, with an older
sqlparse in the folder (`pip install --no-deps --target FOLDER sqlparse==0.4.3`): filters whose verdict is
another one than beside the newest, and a few where only the sentence is.
"""

from __future__ import annotations

import json
import sys
import tempfile
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import mlflow
import sqlparse
from mlq_grammar.dialect import ENTITIES, Dialect, load
from mlq_grammar.verdict import judge
from support.filters import filters
from support.oracle import Oracle

SEED, COUNT, KEPT = 20261124, 2000, 6


def main() -> None:
    """Print the verdicts, one a line."""
    with tempfile.TemporaryDirectory() as folder:
        oracle = Oracle(Path(folder))
        for entity in ENTITIES:
            newest = load(entity, mlflow.__version__)
            if newest.exists:
                for text in _telling(entity, newest, load(entity, mlflow.__version__, sqlparse.__version__)):
                    ok, _ = oracle.verdict(entity, text)
                    row = {"sqlparse": sqlparse.__version__, "entity": entity, "filter": text, "ok": ok}
                    print(json.dumps(row))  # noqa: T201


def _telling(entity: str, newest: Dialect, here: Dialect) -> list[str]:
    texts = [text for text in islice(filters(entity, SEED), COUNT) if len(text) < 150 and text.isprintable()]
    verdicts = {text: (judge(text, newest), judge(text, here)) for text in texts}
    turned = [text for text, (ours, theirs) in verdicts.items() if ours.ok is not theirs.ok]
    reworded = [text for text, (ours, theirs) in verdicts.items() if ours != theirs and text not in turned]
    return [*turned[:KEPT], *reworded[:2]]


if __name__ == "__main__":
    main()
