"""MLQ416: an experiment's ID that is no number."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.tree import AtomKind

from mlq.rules.names import every_key
from mlq.rules.rule import Report, Rule
from mlq.rules.writing import is_integer
from mlq.semantics.meaning import Meaning, conditions_with

_STRINGS = frozenset({AtomKind.STRING, AtomKind.SYMBOL})


def check(meaning: Meaning) -> Iterator[Report]:
    for _, _, key, value in conditions_with(meaning, "text", "list"):
        if "experiment-id" not in key.checks.in_store:
            continue
        texts = [(item.span, item.text) for item in value.items if item.kind in _STRINGS]
        for span, text in texts if value.kind == "list" else [(value.span, value.text)]:
            if not is_integer(text[1:-1].strip()):
                yield Report(span, f"The ID of an experiment is a whole number in quotes: {text} is none.")


RULE = Rule(
    code="MLQ416",
    name="not-an-experiment-id",
    severity="error",
    summary="An experiment's ID is compared with something that is no number",
    why="""Experiments have whole numbers for IDs, which a filter writes in quotes. To search by name, compare
`name`.""",
    entity="experiments",
    wrong="""\
experiment_id = 'churn'
                ^^^^^^^""",
    right="name = 'churn'",
    check=check,
    signs=lambda dialect: (
        () if any("experiment-id" in key.checks.in_store for key in every_key(dialect)) else None
    ),
)
