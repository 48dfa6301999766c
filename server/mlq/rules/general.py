"""MLQ100: a refusal that no other rule explains."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, never
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    """Find nothing: `engine.py` reports by this rule what MLflow refuses and nobody explains."""
    del meaning
    return iter(())


RULE = Rule(
    code="MLQ100",
    name="refused",
    severity="error",
    summary="MLflow refuses this",
    why="""MLflow would answer this filter with an error, and mlq has no better words for it than
MLflow's own.""",
    wrong="""\
tags.``stage`` = 'x'
^^^^^^^^^^^^""",
    right="tags.`stage` = 'x'",
    check=check,
    signs=never,
)
