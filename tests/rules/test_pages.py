"""The pages hold MLflow's own sentences, so that a search for one finds the rule."""

from __future__ import annotations

import pytest
from mlq.rules.comments.rule import CommentRule
from mlq.rules.order_by.rule import OrderRule
from mlq.rules.page import ALL_RULES, AnyRule, page, refusal
from mlq.rules.queries.rule import QueryRule

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
