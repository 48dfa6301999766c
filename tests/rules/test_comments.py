"""The rules of suppressions, each by its own example."""

from __future__ import annotations

import pytest
from mlq.findings import Finding, apply
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from mlq.rules.comments import COMMENT_RULES
from mlq.rules.comments.rule import CommentRule
from support.marks import read

each_rule = pytest.mark.parametrize("rule", COMMENT_RULES, ids=lambda rule: f"{rule.code}-{rule.name}")


def found(text: str) -> list[Finding]:
    return [each.finding for each in Analysis(Document(text, "python")).diagnostics()]


@each_rule
def test_wrong_is_reported_where_marked_and_mended(rule: CommentRule) -> None:
    marked = read(rule.wrong)
    [finding] = [each for each in found(marked.text) if each.code == rule.code]

    assert [(finding.start, finding.end)] == [tuple(span) for span in marked.spans]
    assert finding.severity == rule.severity
    assert apply(finding.fixes[0].edits, marked.text).strip() == rule.right


@each_rule
def test_right_is_silent(rule: CommentRule) -> None:
    assert found(rule.right) == []
