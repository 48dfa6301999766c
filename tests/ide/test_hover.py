"""Hovers in one filter: the part that `$0` is on, and what is said of it."""

from __future__ import annotations

import pytest
from mlq.ide.hover import hover
from mlq.keys.index import NO_KEYS, KeyIndex
from mlq.keys.table import KeyInfo, KeyTable, Numbers
from mlq_grammar.dialect import NEWEST, load
from support.ide import CHURN, hovered, index


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("$0metrics.auc > 0.9", "metrics.auc"),
        ("metrics.`val$0 loss` > 0.9", "metrics.`val loss`"),
        ("status = 'FINISHED' AND start_time$0 > 5", "start_time"),
        ("metrics.auc >$0 0.9", ">"),
        ("params.model is $0not null", "is not null"),
    ],
)
def test_it_is_about_a_key_or_an_operator(source: str, part: str) -> None:
    found = hovered(source)
    assert found is not None
    assert found[0] == part


@pytest.mark.parametrize(
    "source",
    ["$0", "metrics.auc > 0.$09", "nonsense.$0key = 1", "status = 'FIN$0ISHED'", "a = 1 AN$0D b = 2"],
)
def test_it_is_silent_elsewhere(source: str) -> None:
    assert hovered(source) is None


def text(source: str, known=CHURN) -> str:  # type: ignore[no-untyped-def]
    found = hovered(source, known)
    assert found is not None
    return found[1]


def test_a_key_tells_kind_operators_runs_and_values() -> None:
    assert text("params.mod$0el = 'x'") == "\n\n".join(
        [
            "`params.model` parameter, compared as text",
            "Operators: `=` `!=` `LIKE` `ILIKE` `IS NULL` `IS NOT NULL`",
            "36 of 36 runs have it.",
            "Most used values: `xgboost`, `lightgbm`, `logreg`",
            "Store: `sqlite:///mlflow.db`",
            f"*As MLflow {NEWEST} searches runs.*",
        ]
    )


def test_a_key_that_no_run_has_is_said_to_be_so() -> None:
    assert "None of 36 runs has it." in text("metrics.a$0cc > 1")
    assert "runs" not in text("metrics.a$0cc > 1", NO_KEYS).replace("searches runs", "")


def test_an_attribute_tells_what_it_is_and_its_values() -> None:
    assert "in capitals" in text("sta$0tus = 'x'")
    assert "`'FINISHED'`" in text("sta$0tus = 'x'")


def test_an_operator_that_the_key_does_not_take_says_which_it_takes() -> None:
    assert "MLflow does not take it for `params.lr`, only `=`" in text("params.lr $0> '1'")
    assert "does not take" not in text("params.lr $0= '1'")


def test_different_from_says_that_what_lacks_the_key_is_left_out() -> None:
    assert "`!=` is different from; a run without the key does not match" in text("tags.team !$0= 'x'")

    found = hover("tags.team != 'x'", 10, load("logged_models"))
    assert found is not None
    assert "a logged model without the key does not match" in found.markdown


@pytest.mark.parametrize(
    ("operator", "said"),
    [
        ("=", "no attribute is found so"),
        ("!=", "every span matches, with this attribute or without"),
        ("LIKE", "a pattern that begins with %"),
        ("RLIKE", "matches a regular expression"),
    ],
)
def test_an_operator_on_an_attribute_of_a_span_says_that_it_compares_the_whole_span(
    operator: str, said: str
) -> None:
    found = hover(f"span.attributes.model {operator} '%x%'", 23, load("traces"))
    assert found is not None
    assert said in found.markdown
    assert "does not match" not in found.markdown


def test_hostile_names_stay_inside_their_code_spans() -> None:
    known = index(tag={"a": ("`](http://evil) **b**\n# x",)})
    assert "`` `](http://evil) **b** # x ``" in text("tags.$0a = 'x'", known)


def test_a_metric_tells_how_its_numbers_lie() -> None:
    numbers = Numbers(0.5, 0.8, 0.95, 0.9, (1, 0, 0, 0, 0, 2, 4, 8))
    known = KeyIndex("somewhere", 15, kinds={"metric": KeyTable.of([KeyInfo("auc", 15, (), numbers)])})
    found = hovered("metrics.auc$0 > 0.9", known)
    assert found is not None
    assert "From 0.5 to 0.95, median 0.8, latest 0.9: `▁    ▂▄█`" in found[1]
