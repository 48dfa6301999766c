"""`mlq-check --jsonl` answers every recorded filter as the real MLflow did."""

from __future__ import annotations

import json

import pytest
from mlq_grammar.dialect import ENTITIES
from support import cli
from support.cases import recorded, recorded_order_by


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_answer_is_mlflows(entity: str) -> None:
    cases = [case for case in recorded("cases") if case.entity == entity]
    questions = "".join(json.dumps({"entity": entity, "filter": case.filter}) + "\n" for case in cases)

    answers = cli.check("--jsonl", stdin=questions).json_lines

    answered = zip(cases, answers, strict=True)
    wrong = [(case.filter, case.error, answer) for case, answer in answered if answer["ok"] is not case.ok]
    assert wrong == []


def test_every_answer_on_order_by_is_mlflows() -> None:
    cases = recorded_order_by()
    questions = "".join(
        json.dumps({"entity": case.entity, "order_by": case.order_by}) + "\n" for case in cases
    )

    answers = cli.check("--jsonl", stdin=questions).json_lines

    answered = zip(cases, answers, strict=True)
    wrong = [(case.order_by, case.error, answer) for case, answer in answered if answer["ok"] is not case.ok]
    assert wrong == []
