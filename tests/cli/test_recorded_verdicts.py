"""`mlq-check --jsonl` answers recorded filters of every search as the real MLflow did."""

from __future__ import annotations

import json

from mlq_grammar.dialect import ENTITIES
from support import cli
from support.cases import recorded, recorded_order_by


def test_every_answer_is_mlflows() -> None:
    # One in ten: `judge` is held against all of them where it is tested.
    cases = recorded("cases")[::10]
    assert {case.entity for case in cases} == set(ENTITIES)
    questions = "".join(json.dumps({"entity": case.entity, "filter": case.filter}) + "\n" for case in cases)

    answers = cli.check("--jsonl", stdin=questions).json_lines

    answered = zip(cases, answers, strict=True)
    wrong = [(case.filter, case.error, answer) for case, answer in answered if answer["ok"] is not case.ok]
    assert wrong == []


def test_every_answer_on_order_by_is_mlflows() -> None:
    cases = recorded_order_by()[::10]
    questions = "".join(
        json.dumps({"entity": case.entity, "order_by": case.order_by}) + "\n" for case in cases
    )

    answers = cli.check("--jsonl", stdin=questions).json_lines

    answered = zip(cases, answers, strict=True)
    wrong = [(case.order_by, case.error, answer) for case, answer in answered if answer["ok"] is not case.ok]
    assert wrong == []
