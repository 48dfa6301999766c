"""Write which of MLflow's sentences answer which mistake: `python tests/oracle/make_answers.py`.

Filters of every search are checked in the newest MLflow and in old ones; what a finding quotes of
MLflow's is a sentence of its rule.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from mlq.ide.explain.recognition import recognise_exactly
from mlq.rules.engine import findings
from mlq_grammar.dialect import ENTITIES, Dialect, load
from support.filters import filters
from support.sweeps import left_sides

TARGET = Path(__file__).parents[2] / "server" / "mlq" / "rules" / "answers.py"
VERSIONS = ("3.18.0", "3.8.0", "2.14.0")
SEED, COUNT = 20261124, 100
_COMPARATORS = ("=", ">", "LIKE", "IN", "==", "IS")
_VALUES = ("'x'", "5", "x", "('a')", "(1)", "()", "'x", "+5", "")
_SAYS = re.compile(r"\nMLflow says: (.*)", re.DOTALL)
_FEWEST = 2  # a single find may be of a filter with several mistakes

_HEAD = '''"""Which of MLflow's sentences answer which mistakes; made by `tests/oracle/make_answers.py`."""

from __future__ import annotations

from collections.abc import Mapping

ANSWERS: Mapping[str, tuple[str, ...]] = {
'''


def counted() -> Counter[tuple[str, str]]:
    """Return how often a rule's finding quotes a sentence."""
    found: Counter[tuple[str, str]] = Counter()
    for entity in ENTITIES:
        for version in VERSIONS:
            dialect = load(entity, version)
            for text in _texts(dialect) if dialect.exists else ():
                for finding in findings(text, dialect):
                    said = _SAYS.search(finding.message)
                    known = recognise_exactly(said[1]) if said else None
                    found.update((finding.code, name) for name in (known.names if known else ()))
    return found


def _texts(dialect: Dialect) -> Iterator[str]:
    """Yield odd filters, and single conditions with one value or operator of another kind."""
    yield from islice(filters(dialect.entity, SEED, mlflow_version=dialect.mlflow_version), COUNT)
    lefts = [left for left, _ in left_sides(dialect)]
    few = product(lefts, _COMPARATORS, _VALUES)
    yield from (f"{left} {comparator} {value}".rstrip() for left, comparator, value in few)
    yield from (f"{left} = 'x'" for left in ("Metrics.a", "x.a", "a", "metrics.", "span.a", "dataset.a"))


def main() -> None:
    """Write the module."""
    kept = sorted(pair for pair, count in counted().items() if count >= _FEWEST)
    codes = dict.fromkeys(code for code, _ in kept)
    rows = [(code, [name for other, name in kept if other == code]) for code in codes]
    lines = [
        f'    "{code}": ({", ".join(f"{chr(34)}{name}{chr(34)}" for name in names)},),\n'
        for code, names in rows
    ]
    TARGET.write_text(_HEAD + "".join(lines) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
