"""Any text gets a verdict, soon and without an exception."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlq_grammar.dialect import ENTITIES, load
from mlq_grammar.verdict import judge

HOSTILE = {
    "quotes": "'" * 100_001,
    "parentheses": "(" * 50_000 + ")" * 50_000,
    "brackets": "[" * 4_900 + "]" * 4_900,
    "names": "a " * 4_999,
    "one name": "a" * 100_000,
    "dots": "a." * 50_000,
    "spaces": " " * 100_000,
    "ANDs": "AND " * 25_000,
    "a long list": "run_id IN (" + "'a'," * 20_000 + "'b')",
    "sums": "1+" * 4_900 + "1",
    "comparisons": "a=" * 4_900 + "1",
    "sort words": "a " + "desc " * 4_900,
    "casts": "a" + "::b" * 3_000,
    "comments": "/*c*/" * 9_000 + "a",
    "a long string": "params.a = '" + "x" * 100_000 + "'",
    "backslashes": "\\" * 100_000,
    "nots in a list": "run_id IN (" + "not " * 2_400 + "1)",
    "tildes in a list": "run_id IN (" + "~ " * 2_400 + "1)",
    "a deep list": "run_id IN " + "(" * 90 + "'a'" + ")" * 90,
    "many clauses": " AND ".join(["metrics.a > 1"] * 1_000),
    "surrogates": "\ud800" * 1_000,
    "NULs": "\0" * 100_000,
    "commas": "a," * 4_900,
    "assignments": "a := " * 2_400,
}


@pytest.mark.parametrize("entity", ["runs", "traces", "logged_models", "prompts", "skills", "trace_metrics"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_judged_soon(name: str, entity: str) -> None:
    started = time.process_time()
    verdict = judge(HOSTILE[name], load(entity))
    assert time.process_time() - started < 4
    assert verdict.ok or verdict.message


@given(st.text(), st.sampled_from(ENTITIES))
@settings(max_examples=1000, deadline=None)
def test_any_text_has_a_verdict_with_a_span_in_it(text: str, entity: str) -> None:
    verdict = judge(text, load(entity))
    assert verdict.ok or (
        verdict.span is not None and 0 <= verdict.span.start <= verdict.span.end <= len(text)
    )
