"""Valid filters broken at one token: what is said of them touches it, is not too much, and mends it."""

from __future__ import annotations

import random

import pytest
from mlq.findings import Finding
from mlq.ide.check import check
from mlq_grammar.dialect import load
from mlq_grammar.verdict import judge
from support.findings import fix
from support.mutations import Broken, broken

RUNS = load("runs")
Answers = list[tuple[Broken, list[Finding]]]


@pytest.fixture(scope="module")
def answers() -> Answers:
    """Broken filters that MLflow refuses, each with its errors."""
    random_ = random.Random(20261124)
    found: Answers = []
    while len(found) < 1500:
        case = broken(random_)
        if case.text != case.original and not judge(case.text, RUNS).ok:
            found.append((case, [each for each in check(case.text) if each.severity == "error"]))
    return found


def share(answers: Answers, holds: list[bool]) -> float:
    return sum(holds) / len(answers)


def test_an_error_touches_the_broken_token_or_the_gap_beside_it(answers: Answers) -> None:
    touching = [
        any(e.start <= case.place.end + 1 and case.place.start - 1 <= e.end for e in errors)
        for case, errors in answers
    ]

    assert share(answers, touching) >= 0.97


def test_one_mistake_is_hardly_ever_more_than_two_errors(answers: Answers) -> None:
    assert share(answers, [len(errors) <= 2 for _, errors in answers]) >= 0.97


def test_every_offered_fix_is_accepted(answers: Answers) -> None:
    for case, errors in answers:
        if all(error.fixes for error in errors):
            assert judge(fix(case.text, errors), RUNS).ok, case


def test_most_mistakes_are_mended_as_they_were_meant(answers: Answers) -> None:
    mended = [(case, errors) for case, errors in answers if all(error.fixes for error in errors)]
    # A token that was dropped or written over is in the text no longer: what it was can only be guessed.
    knowable = [(case, errors) for case, errors in mended if case.kind not in {"drop", "miscompare"}]
    meant = [_plain(fix(case.text, errors)) == _plain(case.original) for case, errors in knowable]

    assert len(mended) / len(answers) >= 0.6
    assert sum(meant) / len(knowable) >= 0.8


def _plain(text: str) -> str:
    return " ".join(text.replace('"', "'").split())
