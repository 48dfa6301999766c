"""MLQ514: two strings of a list with no comma between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mlq_grammar.spans import Span
from mlq_grammar.tree import AtomKind

from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning

_STRINGS = frozenset({AtomKind.STRING, AtomKind.SYMBOL})


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        value = condition.value
        if value is None or value.kind != "list" or not value.is_whole:
            continue
        for item, following in pairwise(value.items):
            gap = Span(item.span.end, following.span.start)
            if gap.of(meaning.text).strip() or not {item.kind, following.kind} <= _STRINGS:
                continue
            joined = item.text[1:-1] + following.text[1:-1]
            message = f"Without a comma MLflow reads these as one text, {joined}."
            fix = replace("Insert a comma", Span(gap.start, gap.start), ",")
            yield Report(item.span.joined(following.span), message, fix)


RULE = Rule(
    code="MLQ514",
    name="adjacent-strings",
    severity="warning",
    summary="Two strings of a list have no comma between them",
    why="""MLflow reads a list as Python does, where strings side by side are one. So the filter runs and
looks for a text that nobody wrote.""",
    wrong="""\
run_id IN ('a1' 'b2')
           ^^^^^^^^^""",
    right="run_id IN ('a1', 'b2')",
    check=check,
    signs=lambda dialect: None if dialect.syntax.lists == "tokens" else ("(",),
    may_be_plain=False,
)
