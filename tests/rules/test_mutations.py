"""Valid filters broken at one token: what is said of them touches it, is not too much, and mends it."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from mlq.findings import Finding, apply
from mlq.ide.check import check
from mlq_grammar.dialect import load
from mlq_grammar.verdict import judge
from support.mutations import Broken, broken

RUNS = load("runs")
COUNT = 5000


@dataclass(frozen=True, slots=True)
class Answer:
    """A broken filter that MLflow refuses, and what is said of it."""

    case: Broken
    found: list[Finding]

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.found if finding.severity == "error"]

    @property
    def mended(self) -> str | None:
        """The filter with every fix that is offered, made at once; None where none is."""
        edits = [edit for finding in self.found if finding.fixes for edit in finding.fixes[0].edits]
        return apply(edits, self.case.text) if edits else None


Answers = list[Answer]


@pytest.fixture(scope="module")
def answers() -> Answers:
    random_ = random.Random(20261124)
    found: Answers = []
    while len(found) < COUNT:
        case = broken(random_)
        if case.text != case.original and not judge(case.text, RUNS).ok:
            found.append(Answer(case, check(case.text)))
    return found


def test_an_error_touches_the_broken_token_or_the_gap_beside_it(answers: Answers) -> None:
    touching = [
        any(e.start <= each.case.place.end + 1 and each.case.place.start - 1 <= e.end for e in each.errors)
        for each in answers
    ]

    assert sum(touching) >= 0.97 * COUNT


def test_one_mistake_is_never_more_than_two_findings(answers: Answers) -> None:
    assert [each.case.text for each in answers if len(each.found) > 2] == []


def test_a_mistake_that_mlflow_runs_adds_two_findings_at_most() -> None:
    random_ = random.Random(20261125)
    cases = [broken(random_) for _ in range(1000)]
    for case in cases:
        if judge(case.text, RUNS).ok:
            assert len(check(case.text)) <= len(check(case.original)) + 2, case


def test_all_fixes_at_once_are_accepted(answers: Answers) -> None:
    for each in answers:
        assert each.mended is None or judge(each.mended, RUNS).ok, each.case


def test_most_mistakes_are_mended_as_they_were_meant(answers: Answers) -> None:
    mended = [each for each in answers if each.mended is not None]
    meant = [_plain(each.mended or "") == _plain(each.case.original) for each in mended]

    assert len(mended) >= 0.6 * COUNT
    assert sum(meant) >= 0.8 * len(mended)


def _plain(text: str) -> str:
    return " ".join(text.replace('"', "'").split())
