"""What is said of a filter by how many match it: clause by clause, and nothing where that is not known."""

from __future__ import annotations

import pytest
from mlq.findings import Finding, apply
from mlq.ide.matching import how_many, why_empty
from mlq.keys.index import KeyIndex
from mlq.keys.matches import Count, Question
from mlq.keys.table import KeyInfo, KeyTable, Numbers
from mlq.rules.matches import MATCH_RULES
from mlq.rules.matches.engine import findings
from mlq.rules.matches.matched import Matched, matched
from mlq.rules.matches.rule import MatchRule
from mlq.rules.matches.why import left_out
from mlq.rules.near import nearest
from mlq_grammar.dialect import load
from mlq_grammar.verdict import judge
from support.marks import read

DAY = 86_400_000
NOW = 1_700_000_000_000
KEYS = KeyIndex(
    "sqlite:///mlflow.db",
    812,
    complete=True,
    kinds={
        "parameter": KeyTable([KeyInfo("model", 800, ("xgboost", "logreg"), is_enumerated=True)]),
        "metric": KeyTable([KeyInfo("auc", 812, (), Numbers(0.5, 0.7, 0.87, 0.8, (1,)))]),
    },
)
# How many match each filter, and of the deleted ones those in `DELETED`.
ACTIVE = {
    "": Count(812, newest=NOW),
    "metrics.auc > 0.5": Count(700, newest=NOW),
    "metrics.auc > 0.9": Count(0),
    "params.model = 'xgboost'": Count(240, newest=NOW),
    "params.model = 'logreg'": Count(100, newest=NOW),
    "tags.team = 'ops'": Count(30, newest=NOW),
    "params.model = 'logreg' AND metrics.auc > 0.5": Count(12, newest=NOW),
    "params.optimizer = 'sgd'": Count(30, newest=NOW - 90 * DAY),
    "params.optimizer = 'adam'": Count(30, newest=NOW),
    "metrics.auc > 0.5 AND params.model = 'xgboost'": Count(200, newest=NOW),
}
DELETED = {"metrics.legacy_score > 0": Count(1)}

each_rule = pytest.mark.parametrize("rule", MATCH_RULES, ids=lambda rule: f"{rule.code}-{rule.name}")


def answer(question: Question) -> Count:
    of_view = DELETED if question.view == "deleted" else ACTIVE
    return of_view.get(question.filter.strip(), Count(0))


def asked(text: str, index: KeyIndex = KEYS) -> Matched:
    """Return a filter beside all that a store said once there was nothing more to ask."""
    counts: dict[Question, Count | None] = {}
    while True:
        found = matched(text, load("runs"), index, counts)
        assert found
        wanted = list(found.wanted())
        if not wanted:
            return found
        counts.update({question: answer(question) for question in wanted})


def found(text: str) -> list[Finding]:
    return list(findings(asked(text)))


@each_rule
def test_wrong_is_reported_exactly_where_marked(rule: MatchRule) -> None:
    marked = read(rule.wrong)
    reported = found(marked.text)
    assert [(each.code, each.severity) for each in reported] == [(rule.code, "hint")]
    assert [(each.start, each.end) for each in reported] == [tuple(span) for span in marked.spans]


@each_rule
def test_right_is_silent(rule: MatchRule) -> None:
    assert found(rule.right) == []
    assert judge(rule.right, load("runs")).ok


@each_rule
def test_nothing_is_said_before_the_store_has_answered(rule: MatchRule) -> None:
    text = read(rule.wrong).text
    unanswered = matched(text, load("runs"), KEYS, {})
    assert unanswered
    assert list(findings(unanswered)) == []
    unknown = matched(text, load("runs"), KEYS, dict.fromkeys(unanswered.wanted()))
    assert unknown
    assert list(findings(unknown)) == []
    assert list(unknown.wanted()) == []


def test_the_clause_that_empties_it_is_named_with_what_is_near() -> None:
    text = "params.model = 'xgb' AND metrics.auc > 0.5"
    (finding,) = found(text)
    assert finding.message == (
        "This filter matches nothing now: params.model = 'xgb' matches 0 of 812 runs; nearest 'xgboost', 240."
    )
    (fix,) = finding.fixes
    assert fix.title == "Write 'xgboost', which 240 runs have"
    assert apply(fix.edits, text) == "params.model = 'xgboost' AND metrics.auc > 0.5"


def test_a_number_is_told_where_the_numbers_are() -> None:
    assert list(why_empty(asked("metrics.auc > 0.9"))) == [
        "metrics.auc > 0.9 matches 0 of 812 runs; from 0.5 to 0.87"
    ]


def test_clauses_that_exclude_each_other_are_told_by_what_is_left_without_one() -> None:
    text = "params.model = 'logreg' AND metrics.auc > 0.5 AND tags.team = 'ops'"
    (finding,) = found(text)
    assert (
        finding.message == "This filter matches nothing now: without tags.team = 'ops' 12 runs would match."
    )
    assert apply(finding.fixes[0].edits, text) == "params.model = 'logreg' AND metrics.auc > 0.5"


def test_a_count_that_stopped_at_the_cap_says_so() -> None:
    counts = {each: Count(1_200, is_exact=False) for each in asked("metrics.auc > 0.5").counts}
    many = matched("metrics.auc > 0.5", load("runs"), KEYS, counts)
    assert many
    assert how_many(many) == "**1,000+** of 1,000+ runs match this filter now."


def test_unequal_says_how_many_it_leaves_out() -> None:
    (line,) = left_out(asked("params.model != 'xgboost'").meaning, KEYS)
    assert line == "!= leaves out 12 of 812 runs, which have no params.model"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("xgb", "xgboost"),
        ("XGBoost", "xgboost"),
        ("xgboots", "xgboost"),
        ("lgbm", "lightgbm"),
        ("resnet", None),
    ],
)
def test_what_is_near(word: str, meant: str | None) -> None:
    assert nearest(word, ("logreg", "xgboost", "lightgbm")) == meant


@pytest.mark.parametrize("text", ["metrics.auc > 'high'", "((("])
def test_of_what_mlflow_refuses_nothing_is_asked(text: str) -> None:
    assert matched(text, load("runs"), KEYS, {}) is None
