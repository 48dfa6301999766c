"""What is wrong with a query file around its filters."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.queryfile import parse

from mlq.findings import Finding
from mlq.ide.model import Diagnostic
from mlq.rules.queries import QUERY_RULES

_RULES = {rule.kind: rule for rule in QUERY_RULES}


def of_query_file(text: str) -> Iterator[Diagnostic]:
    """Yield the problems of a query file as findings of their rules."""
    for problem in parse(text).problems:
        rule = _RULES[problem.kind]
        start, end = problem.span
        yield Diagnostic(Finding(rule.code, rule.severity, problem.message, start, end, [], rule.url))
