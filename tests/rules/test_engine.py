"""Under any text: an error exactly where MLflow refuses, findings in their place, never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlq.ide.check import check
from support.any_text import SHAPES, dialects, is_answered
from support.oracle import Oracle


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=1_700, deadline=None)
@given(data=st.data())
def test_any_text_is_answered(shape: str, data: st.DataObject) -> None:
    """Ten thousand in all; `make fuzz` asks a million."""
    is_answered(data.draw(SHAPES[shape]), data.draw(dialects))


def test_the_parser_and_mlflow_agree_live(oracle: Oracle) -> None:
    """A few texts that the recordings do not hold, judged by the installed MLflow in this moment."""
    for text in ("metrics.`new key` > 0.5", "tags.new LIKE 'a' AND", "params.new > 'x'", "new = 1", "1 ="):
        assert any(f.severity == "error" for f in check(text)) == (not oracle.verdict("runs", text)[0]), text


def test_each_of_two_bad_clauses_is_reported_beside_a_good_one() -> None:
    text = "params.a = 3 AND metrics.b > 1 AND metrics.c > '1'"

    assert [(finding.code, text[finding.start : finding.end]) for finding in check(text)] == [
        ("MLQ401", "3"),
        ("MLQ404", "'1'"),
    ]


def test_what_no_rule_explains_is_said_in_mlflows_words() -> None:
    [finding] = check("tags.``a`` = 'x'")

    assert finding.code == "MLQ100"
    assert finding.message.startswith("MLflow refuses this: Invalid clause(s) in filter string:")


def test_a_missing_and_that_mlflow_trips_over_is_an_error() -> None:
    [finding] = check("params.a = 'x' run_id IN ('b')")

    assert (finding.code, finding.severity) == ("MLQ501", "error")
