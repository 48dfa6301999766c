"""MLQ601: a condition that a newer MLflow than the one that judges runs."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, never
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    """Find nothing: `engine.py` reports by this rule what is refused here and runs in a newer MLflow."""
    del meaning
    return iter(())


RULE = Rule(
    code="MLQ601",
    name="needs-newer-mlflow",
    severity="error",
    summary="Only a newer MLflow runs this",
    why="""The MLflow that judges refuses this condition, in the example 2.14.3; the message names the release
that was the first to run it, or to have a search of this kind at all. Where there is a tracking server, its
MLflow is what counts, not the one that is installed beside the script: no client reads a filter.
`mlq version` says which MLflow judges in a folder, and why.""",
    wrong="""\
params.learning_rate IS NULL
                     ^^^^^^^""",
    right="params.learning_rate != '0.1'",
    check=check,
    mlflow_version="2.14.3",
    signs=never,
)
