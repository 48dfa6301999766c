"""MLQ603: a condition that MLflow runs only beside a newer sqlparse than the one that is there."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, never
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    """Find nothing: `engine.py` reports by this rule what is refused beside this sqlparse alone."""
    del meaning
    return iter(())


RULE = Rule(
    code="MLQ603",
    name="needs-newer-sqlparse",
    severity="error",
    summary="Only a newer sqlparse lets MLflow run this",
    why="""MLflow reads filters through the library sqlparse, and takes any version of it from 0.4.0 on: the
environment decides which. Before 0.4.4 MLflow refuses IS NULL and several conditions on logged models,
before 0.5.0 a key in single quotes. `mlq version` says which sqlparse was found beside MLflow; the message
names the release that was the first to do. In the example it is 0.4.3.""",
    wrong="""\
params.learning_rate IS NULL
                     ^^^^^^^""",
    right="params.learning_rate != '0.1'",
    check=check,
    sqlparse_version="0.4.3",
    signs=never,
)
