"""The short way accepts nothing that the passes refuse, and makes the tree that lark makes."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlq_grammar.dialect import ENTITIES, load
from mlq_grammar.parser import parse, parse_by_lark
from mlq_grammar.sqlparse import NEWEST, RELEASES
from mlq_grammar.verdict.judge import judge, judge_by_passes
from mlq_grammar.verdict.plain import is_plainly_accepted
from support.cases import recorded
from support.filters import filters

KEYS = [
    "metrics.a",
    "params.a_b.c",
    "tags.`a b`",
    "run_id",
    "attributes.status",
    "dataset.name",
    "name",
    "`run name`",
]
KEYS += [
    "span.name",
    "tags.name",
    "version",
    "timestamp",
    "metrics.in",
    "params.a.from",
    "created",
    "metadata.x",
    'tags."a b"',
    "metrics.E5",
    "tags.`a",
    "x BETWEEN 1",
    "(a",
]
COMPARATORS = [
    "=",
    "!=",
    ">",
    "<=",
    "LIKE",
    "ilike",
    "IN",
    "NOT IN",
    "IS NULL",
    "IS NOT NULL",
    "IS",
    "RLIKE",
    "==",
    "=<",
    "~",
]
VALUES = [
    "'x'",
    '"x"',
    "1",
    "-1.5",
    "('a', 'b')",
    "('a')",
    "",
    "1e5",
    "'it''s'",
    "999999999999",
    "x",
    "'\ud800'",
    "5.",
    "1e-5",
    "1700000000000",
    "-0.5e300",
    "9" * 19,
    "('a','b', 'c')",
    "('a', \"b\")",
    "'open",
]
JOINTS = [" AND ", " AND ", " AND ", " and ", "\nAND\t", " ", "AND", " AND AND ", " OR "]
MARGINS = ["", " ", "\n", "\x1c", ";", "("]

clauses = st.tuples(
    st.sampled_from(KEYS), st.sampled_from(COMPARATORS), st.sampled_from(VALUES), st.sampled_from(JOINTS)
)


def _written(parts: list[tuple[str, str, str, str]], space: str, before: str, behind: str) -> str:
    last = len(parts) - 1
    inner = "".join(
        f"{key}{space}{comparator}{space}{value}{joint if n < last else ''}"
        for n, (key, comparator, value, joint) in enumerate(parts)
    )
    return f"{before}{inner}{behind}"


texts = st.builds(
    _written,
    st.lists(clauses, min_size=1, max_size=4),
    st.sampled_from([" ", "", "  "]),
    st.sampled_from(MARGINS),
    st.sampled_from(MARGINS),
)


def test_what_people_write_is_plain() -> None:
    text = "metrics.`val loss` < 0.5 AND params.model = 'xgboost' and tags.mlflow.user != \"me\""
    assert is_plainly_accepted(f"{text} AND run_id IN ('a', 'b')", load("runs"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "metrics.a > 'x'",
        "params.a = 1",
        "metrics.a > 1 params.b = 'x'",
        "metrics.in > 1",
        "status IN ('a')",
        "timestamp > 1",
    ],
)
def test_what_is_not_plain_takes_the_long_way(text: str) -> None:
    assert not is_plainly_accepted(text, load("runs"))


@given(
    texts,
    st.sampled_from(ENTITIES),
    st.sampled_from(["2.3.2", "3.5.1", "3.18.0"]),
    st.sampled_from([*RELEASES, NEWEST, NEWEST]),
)
@settings(max_examples=2000, deadline=None)
def test_both_ways_agree(text: str, entity: str, version: str, beside: str) -> None:
    dialect = load(entity, version, beside)
    assert not is_plainly_accepted(text, dialect) or judge_by_passes(text, dialect).ok


@pytest.mark.parametrize("entity", ENTITIES)
def test_both_ways_agree_on_generated_filters(entity: str) -> None:
    dialect = load(entity)
    accepted = [text for text in islice(filters(entity, 7), 1500) if is_plainly_accepted(text, dialect)]
    assert [text for text in accepted if not judge_by_passes(text, dialect).ok] == []


@pytest.mark.parametrize("beside", ["0.4.4", NEWEST])
@pytest.mark.parametrize("size", [64, 65, 334, 510, 999])
@pytest.mark.parametrize(
    "form",
    [
        "metrics.m{} > 0.1",
        "params.p{} IS NULL",
        "tags.t{} IS NOT NULL",
        "user_id != 'u{}'",
        "run_id IN ('r{}', 'b')",
    ],
)
def test_both_ways_agree_on_what_is_too_large(form: str, size: int, beside: str) -> None:
    dialect = load("runs", "3.18.0", beside)
    text = " AND ".join(form.format(n) for n in range(100, 100 + size))
    assert judge(text, dialect) == judge_by_passes(text, dialect)


@given(texts)
@settings(max_examples=1000, deadline=None)
def test_both_ways_make_one_tree(text: str) -> None:
    assert parse(text) == parse_by_lark(text)


@pytest.mark.parametrize("entity", ENTITIES)
def test_both_ways_make_one_tree_of_generated_filters(entity: str) -> None:
    texts = list(islice(filters(entity, 8), 150))
    texts += [" AND ".join(several) for several in zip(texts, texts[1:], texts[2:], strict=False)]
    assert [text for text in texts if parse(text) != parse_by_lark(text)] == []


def test_both_ways_make_one_tree_of_recorded_filters() -> None:
    read = [parse(case.filter) for case in islice(recorded("cases"), 0, None, 4)]
    plain = [each for each in read if each.is_plain]
    assert len(plain) > 1000
    assert [each for each in plain if each != parse_by_lark(each.text)] == []
