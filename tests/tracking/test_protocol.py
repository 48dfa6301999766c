"""The lines between client and worker."""

from __future__ import annotations

import pytest
from mlq.keys.matches import Count, Predicate, Question
from mlq.tracking.protocol import Answer, Request, Store, StoreError, one_line
from mlq.tracking.worker import answers_to

REQUEST = Request(7, Store("sqlite:///a\nb.db", "/folder", ("churn", "größe")), 1.5)


def test_request_is_one_line_and_comes_back() -> None:
    assert REQUEST.to_line().count("\n") == 1
    assert Request.from_line(REQUEST.to_line()) == REQUEST


def test_questions_and_counts_come_back() -> None:
    predicates = (Predicate("attribute", "run_id", "IN", ("a", "b")), Predicate("metric", "auc", ">", 0.5))
    questions = (Question("…", predicates, "deleted"), Question("", (), nan_is_zero=True))
    asking = Request(7, REQUEST.store, 1.5, "runs", questions)
    assert Request.from_line(asking.to_line()) == asking
    answer = Answer(7, counts=(Count(812, newest=5), None, Count(1000, is_exact=False)))
    assert Answer.from_line(answer.to_line()) == answer


def test_answer_is_one_line_and_comes_back() -> None:
    for answer in (Answer(7, {"kind": "tag", "keys": [["a\nb", 1, []]]}, is_last=False), Answer(7)):
        assert answer.to_line().count("\n") == 1
        assert Answer.from_line(answer.to_line()) == answer
    error = Answer.from_line(Answer(7, error=StoreError("busy", "it\nis busy")).to_line()).error
    assert error is not None
    assert (error.kind, str(error)) == ("busy", "it is busy")


@pytest.mark.parametrize("line", ["", "hello", "[]", "{}", '{"id": 1, "error": {}}', '{"id": null}'])
def test_other_lines_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match="no answer"):
        Answer.from_line(line)
    with pytest.raises(ValueError, match="no request"):
        Request.from_line(line)


def test_worker_answers_whatever_it_is_asked() -> None:
    (nonsense,) = answers_to("hello")
    assert nonsense.error is not None
    (nul,) = answers_to(Request(7, Store("sqlite:////a\0b"), 1.0).to_line())
    assert nul.id == 7
    assert nul.error is not None


def test_messages_of_any_origin_become_one_short_line() -> None:
    assert one_line("a\r\nb\t\x1b[31mc\u202ed  e") == "a b [31mc d e"
    assert len(one_line("x" * 10_000)) == 300
