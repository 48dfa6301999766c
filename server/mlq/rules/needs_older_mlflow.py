"""MLQ602: a condition that older versions of MLflow ran, and the one that judges refuses."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, never
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    """Find nothing: `engine.py` reports by this rule what is refused here and ran in an older MLflow."""
    del meaning
    return iter(())


RULE = Rule(
    code="MLQ602",
    name="needs-older-mlflow",
    severity="error",
    summary="Only an older MLflow runs this",
    why="""MLflow ran this condition once, and refuses it since the release that the message names, as 3.17.0
is for the example. Code that was written for the older one breaks with the update, or already when it asks
a server that was updated. `mlq version` says which MLflow judges in a folder, and why.""",
    wrong="""\
creation_time > 1700000000000.0
                ^^^^^^^^^^^^^^^""",
    right="creation_time > 1700000000000",
    check=check,
    entity="experiments",
    mlflow_version="3.17.2",
    signs=never,
)
