"""The rules of query files, each by its own example."""

from __future__ import annotations

from typing import get_args

import pytest
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from mlq.rules.queries import QUERY_RULES
from mlq.rules.queries.rule import QueryRule
from mlq_grammar.queryfile_tree import ProblemKind
from support.marks import read

each_rule = pytest.mark.parametrize("rule", QUERY_RULES, ids=lambda rule: f"{rule.code}-{rule.kind}")


@each_rule
def test_wrong_is_reported_exactly_where_marked(rule: QueryRule) -> None:
    marked = read(rule.wrong)
    found = [each.finding for each in Analysis(Document(marked.text, "mlq")).diagnostics()]

    reported = [(finding.start, finding.end) for finding in found if finding.code == rule.code]
    assert reported == [tuple(span) for span in marked.spans]
    assert {finding.severity for finding in found if finding.code == rule.code} == {rule.severity}


@each_rule
def test_right_is_silent(rule: QueryRule) -> None:
    assert Analysis(Document(rule.right, "mlq")).diagnostics() == []


def test_every_kind_of_problem_has_a_rule() -> None:
    assert {rule.kind for rule in QUERY_RULES} == set(get_args(ProblemKind))
