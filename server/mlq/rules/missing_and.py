"""MLQ501: two conditions with nothing between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mlq_grammar.spans import Span
from mlq_grammar.tree import Clause

from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for part, following in pairwise(meaning.parse.tree.parts):
        if isinstance(part, Clause) and isinstance(following, Clause):
            gap = Span(part.span.end, following.span.start)
            fix = replace("Insert AND", gap, " AND ")
            span = following.left.span if following.left else following.span
            yield Report(span, "There is no AND before this condition. Write one.", fix)


RULE = Rule(
    code="MLQ501",
    name="missing-and",
    severity="warning",
    summary="Two conditions stand side by side without AND",
    why="""MLflow mostly reads a missing AND as one. But before `IS NULL` and `IN` it takes the first
condition into the key of the second, and finds what nobody asked for, or refuses the filter.""",
    wrong="""\
metrics.auc > 0.9 params.model = 'xgboost'
                  ^^^^^^^^^^^^""",
    right="metrics.auc > 0.9 AND params.model = 'xgboost'",
    check=check,
    may_be_plain=False,
)
