"""Under any text: an error exactly where MLflow refuses, findings in their place, never an exception."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from mlq.findings import apply
from mlq.ide.check import check
from mlq_grammar.dialect import load
from mlq_grammar.verdict import judge
from support.oracle import Oracle

RUNS = load("runs")
PIECES = """metrics.a metrics.a-b metrics.`a b` params.c tags.d status run_id dataset.name created model.e
= != == > <= LIKE ilike IN not in IS NULL is not null BETWEEN ~ CONTAINS
'x' "y" 'it's' 'open `z` “w” 5 0.9 1e+5 10_000 x NULL ('a') ('a', 5) [1] () f(x) 1 + 1
AND and OR NOT ( ) ; , && -- # /* */ WHERE LIMIT ORDER BY DESC AS :: . *"""
pieces = st.lists(st.sampled_from(PIECES.split()), max_size=14).map(" ".join)
clauses = st.builds("{} {} {}".format, *(st.sampled_from(line.split()) for line in PIECES.splitlines()[:3]))
filters = st.text(max_size=40) | pieces | st.lists(clauses, max_size=4).map(" AND ".join)


@settings(max_examples=1500, deadline=None)
@given(filters)
def test_an_error_is_reported_exactly_where_mlflow_refuses(text: str) -> None:
    found = check(text)

    assert any(finding.severity == "error" for finding in found) == (not judge(text, RUNS).ok)
    for finding in found:
        assert 0 <= finding.start <= finding.end <= len(text)
        for fix in finding.fixes:
            apply(fix.edits, text)


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
