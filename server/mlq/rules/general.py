"""MLQ100: a refusal that no other rule explains."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, never
from mlq.semantics.meaning import Meaning

_LONGEST, _HEAD, _TAIL = 2_000, 1_000, 200


def check(meaning: Meaning) -> Iterator[Report]:
    """Find nothing: `engine.py` reports by this rule what MLflow refuses and nobody explains."""
    del meaning
    return iter(())


def shortened(message: str) -> str:
    """Return what MLflow says without the middle, where it repeats more of a filter than anybody reads."""
    return message if len(message) <= _LONGEST else f"{message[:_HEAD]} … {message[-_TAIL:]}"


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
