"""MLQ109: SELECT, WHERE, ORDER BY or LIMIT round a filter."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind

from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.syntax import faults, without
from mlq.semantics.meaning import Meaning

_INSTEAD = {
    "ORDER": "Pass order_by= to the search instead.",
    "LIMIT": "Pass max_results= to the search instead.",
}


def check(meaning: Meaning) -> Iterator[Report]:
    for span in faults(meaning, SyntaxKind.SQL):
        text = span.of(meaning.text)
        instead = _INSTEAD.get(text.split()[0].upper(), "Leave it out.")
        fix = replace("Leave only the condition", without(meaning.text, span), "")
        yield Report(span, f"A filter is only the condition, not a whole SQL statement. {instead}", fix)


RULE = Rule(
    code="MLQ109",
    name="sql-statement",
    severity="error",
    summary="A filter holds SQL beyond the condition",
    why="""A filter looks like what stands behind WHERE, and is no more than that. What to search, in
which order and how many are arguments of the search: `experiment_names`, `order_by`, `max_results`.""",
    wrong="""\
metrics.auc > 0.9 ORDER BY start_time DESC
                  ^^^^^^^^^^^^^^^^^^^^^^^^""",
    right="metrics.auc > 0.9",
    check=check,
    signs=when(SyntaxKind.SQL),
)
