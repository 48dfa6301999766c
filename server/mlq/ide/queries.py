"""What is wrong with a query file around its filters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlq_grammar.spans import Span

from mlq.findings import Finding
from mlq.hosts import QUERIES, embeddings_of
from mlq.ide.model import Diagnostic
from mlq.rules.queries import QUERY_RULES

_RULES = {rule.kind: rule for rule in QUERY_RULES}


def of_queries(text: str, language: str) -> Iterator[Diagnostic]:
    """Yield what is wrong in a query file, or in those that stand in a file, around their filters."""
    if language == QUERIES:
        yield from _of_query_file(text)
    for embedding in embeddings_of(text, language):
        for each in of_queries(embedding.text, embedding.language):
            start, end = embedding.to_outer(Span(each.finding.start, each.finding.end))
            yield Diagnostic(replace(each.finding, start=start, end=end))


def _of_query_file(text: str) -> Iterator[Diagnostic]:
    from mlq_grammar.queryfile import parse  # this needs lark, which most files do not

    for problem in parse(text).problems:
        rule = _RULES[problem.kind]
        start, end = problem.span
        yield Diagnostic(Finding(rule.code, rule.severity, problem.message, start, end, [], rule.url))
