"""The rules of stores: each by its own example, and all of them silent where the store was not seen whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from mlq.findings import Finding, apply
from mlq.keys.index import NO_KEYS, KeyIndex
from mlq.rules.store import STORE_RULES
from mlq.rules.store.engine import findings
from mlq.rules.store.rule import StoreRule
from mlq_grammar.dialect import load
from mlq_grammar.verdict import judge
from support.ide import index
from support.marks import read

STORE = index(
    metric={"accuracy": (), "loss": ()},
    parameter={"model": ("xgboost", "logreg"), "seed": ()},
    tag={"team": ("growth", "retention"), "it's": ("a",)},
)

each_rule = pytest.mark.parametrize("rule", STORE_RULES, ids=lambda rule: f"{rule.code}-{rule.name}")


def found(text: str, known: KeyIndex = STORE) -> list[Finding]:
    return list(findings(text, load("runs"), known))


@each_rule
def test_wrong_is_reported_exactly_where_marked(rule: StoreRule) -> None:
    marked = read(rule.wrong)
    reported = found(marked.text)
    assert [(each.code, each.severity) for each in reported] == [(rule.code, rule.severity)]
    assert [(each.start, each.end) for each in reported] == [tuple(span) for span in marked.spans]


@each_rule
def test_right_is_silent_and_what_the_fix_makes_of_wrong(rule: StoreRule) -> None:
    text = read(rule.wrong).text
    (fix,) = found(text)[0].fixes
    assert apply(fix.edits, text).rstrip() == rule.right
    assert not fix.safe
    assert found(rule.right) == []
    assert judge(rule.right, load("runs")).ok


@each_rule
def test_nothing_is_said_of_a_store_that_was_not_seen_whole(rule: StoreRule) -> None:
    text = read(rule.wrong).text
    assert found(text, NO_KEYS) == []
    assert found(text, replace(STORE, complete=False)) == []


def test_all_keys_of_a_kind_may_be_known_where_not_all_runs_are() -> None:
    known = replace(STORE, complete=False, listed=frozenset({"metric"}))
    assert [each.code for each in found("metrics.acuracy > 0.9", known)] == ["MLQ311"]
    assert found("params.modell = 'xgboost'", known) == []


@pytest.mark.parametrize(
    "text",
    [
        "metrics.accuracy > 0.9 AND params.model = 'xgboost' AND tags.team != 'sales'",
        "params.model LIKE 'XG%'",
        "params.seed = '7'",
        "params.gone IS NULL",
        "attributes.status = 'FINISHED' AND run_name = 'x'",
        "metrics.acuracy > 'high'",
        "(((",
    ],
)
def test_what_the_store_has_or_cannot_tell_is_silent(text: str) -> None:
    expected = ["MLQ311"] if "acuracy" in text else []
    assert [each.code for each in found(text)] == expected


def test_the_place_in_a_list_is_the_value() -> None:
    known = index(params={"model": ("xgboost", "logreg")})
    (finding,) = findings("params.model IN ('xgboost', 'XGBoost')", load("logged_models"), known)
    assert (finding.start, finding.end) == (28, 37)
    assert finding.message == (
        "None of 36 logged models has 'XGBoost' in params.model. Did you mean 'xgboost'?"
    )


def test_a_value_that_is_near_no_other_is_told_what_there_is() -> None:
    (finding,) = found("params.model = 'resnet'")
    assert finding.message == "None of 36 runs has 'resnet' in params.model; they have 'xgboost', 'logreg'."
    assert finding.fixes == []
