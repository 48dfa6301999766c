"""The pages hold MLflow's own sentences, so that a search for one finds the rule."""

from __future__ import annotations

import pytest
from mlq.ide.check import check
from mlq.ide.explain.recognition import recognise_exactly
from mlq.rules.answers import ANSWERS
from mlq.rules.comments.rule import CommentRule
from mlq.rules.order_by.rule import OrderRule
from mlq.rules.page import ALL_RULES, AnyRule, answers, page, refusal
from mlq.rules.queries.rule import QueryRule
from mlq_grammar.sentences import sentences
from support.cases import recorded

REFUSED = [
    rule for rule in ALL_RULES if not isinstance(rule, QueryRule | CommentRule) and rule.severity == "error"
]


@pytest.mark.parametrize("rule", REFUSED, ids=lambda rule: rule.code)
def test_the_page_of_what_mlflow_refuses_says_how(rule: AnyRule) -> None:
    said = refusal(rule)

    assert said
    assert f"## MLflow says\n\n```text\n{said}\n```\n" in page(rule)


@pytest.mark.parametrize(
    "rule", [rule for rule in ALL_RULES if rule not in REFUSED], ids=lambda rule: rule.code
)
def test_the_page_of_what_mlflow_runs_has_no_refusal(rule: AnyRule) -> None:
    assert refusal(rule) == ""
    assert "MLflow says" not in page(rule)


def test_what_differs_between_pythons_is_left_out() -> None:
    [rule] = [rule for rule in ALL_RULES if rule.code == "MLQ411"]

    assert refusal(rule) == "malformed node or string on line 1: …"


def test_lists_are_judged_as_lists() -> None:
    [rule] = [rule for rule in ALL_RULES if rule.code == "MLQ854"]

    assert isinstance(rule, OrderRule)
    assert refusal(rule) == "`order_by` contains duplicate fields: ['start_time DESC', 'created']"


def test_a_page_holds_each_sentence_that_mlflow_answers_its_mistake_with() -> None:
    rules = {rule.code: rule for rule in ALL_RULES}
    said = "Expected a quoted string value for … (e.g. 'my-value'). Got value …"

    assert said in page(rules["MLQ401"])
    for code, names in ANSWERS.items():
        assert set(names) <= sentences().keys()
        if refusal(rules[code]):
            assert all(sentence in page(rules[code]) for sentence in answers(rules[code]))


def test_what_is_quoted_of_mlflow_stands_on_the_page_of_its_finding() -> None:
    cases = [case for case in recorded("cases") if not case.ok][::40]
    quoted = [
        (finding.code, said.names)
        for case in cases
        for finding in check(case.filter, entity=case.entity)
        if (said := recognise_exactly(finding.message.partition("MLflow says: ")[2]))
    ]
    known = [not set(names).isdisjoint(ANSWERS.get(code, ())) for code, names in quoted]

    assert sum(known) / len(known) > 0.85
