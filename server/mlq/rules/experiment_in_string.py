"""MLQ522: a text that MLflow takes for a condition and cuts out of its string."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlq_grammar.spans import Span

from mlq.rules.rule import Report, Rule
from mlq.semantics.meaning import Meaning

_EXPERIMENT = re.compile(r"""experiment_id\s*=\s*['"]\d+['"]""")


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        value = condition.value
        found = _EXPERIMENT.search(value.content) if value and value.kind == "text" else None
        if value and found:
            start = value.span.start + 1
            span = Span(start + found.start(), start + found.end())
            yield Report(span, "MLflow takes this for a condition of its own, and cuts it out of the string.")


RULE = Rule(
    code="MLQ522",
    name="experiment-in-string",
    severity="warning",
    summary="A string holds what MLflow takes for a condition on the experiment",
    why="""In the search of prompts MLflow looks for `experiment_id = '…'` anywhere in the text, inside
strings too, and makes a condition of it before it reads the filter. The string is left without it.""",
    wrong="""\
tags.note = "of experiment_id = '5'"
                ^^^^^^^^^^^^^^^^^^^""",
    right="tags.note LIKE 'of experiment_id _ _5_'",
    check=check,
    entity="prompts",
    signs=lambda dialect: ("EXPERIMENT_ID",) if dialect.syntax.rewrite == "prompts-of-experiment" else None,
)
