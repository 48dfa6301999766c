"""The passes make exactly the trees that the sqlparse that is there makes."""

from __future__ import annotations

from itertools import islice

import pytest
import sqlparse
from hypothesis import given, settings
from hypothesis import strategies as st
from mlq_grammar.dialect import ENTITIES
from mlq_grammar.sqlparse import nearest
from mlq_grammar.verdict.limits import TooComplexError
from mlq_grammar.verdict.nodes import Node
from mlq_grammar.verdict.parsing import parse
from sqlparse.exceptions import SQLParseError
from support.cases import recorded
from support.filters import filters
from support.sqlparse_types import kind_of


def _words(text: str) -> list[str]:
    return text.split()


INSTALLED = nearest(sqlparse.__version__)
PIECES = _words("""
    metrics params.a tags.`a b` run_id 'x' "x" 1 1.5 -1 0x1f % * . . , ; :: := -> ->> [ ] ( ) + - / || = = >
    != LIKE AND AND OR NOT IN IN IS NULL AS a b f( desc DESC CASE WHEN END IF FOR LOOP BEGIN WHERE LIMIT OVER
    VALUES CREATE TABLE SELECT date timestamp 'x' DAY CURRENT_DATE $x ? :y [a] /*c*/ --c # GO DECLARE WHILE
    DO WORK
""")
PLAIN = [
    "metrics.a > 1",
    "params.`a b`LIKE\n'x'",
    'tags."t".x = "y"',
    "run_id NOT IN ('a', 'b','c')",
    "a.b.c  IS NOT NULL",
    "x in ('a')",
    "m<=-1.5e3",
    "values.table IS NULL",
]
SPACES = [" ", " ", " ", "", "\n", "  ", "\t"]


def _mixed(words: list[str], spaces: list[str]) -> str:
    return "".join(word + spaces[n % len(spaces)] for n, word in enumerate(words))


texts = st.builds(
    _mixed,
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=14),
    st.lists(st.sampled_from(SPACES), min_size=1, max_size=6),
)


def ours(text: str) -> object:
    try:
        return [_shown(tree) for tree in parse(text, INSTALLED)]
    except TooComplexError as error:
        return str(error)


def _shown(node: Node) -> object:
    if node.kind is not None:
        return node.kind.name, node.text
    assert node.group is not None
    assert "".join(child.text for child in node.children) == node.text
    return node.group.value, [_shown(child) for child in node.children]


def theirs(text: str) -> object:
    try:
        return [_shown_by_them(tree) for tree in sqlparse.parse(text)]
    except SQLParseError as error:
        return str(error)


def _shown_by_them(node: sqlparse.sql.Token) -> object:
    if not node.is_group:
        return kind_of(node.ttype).name, node.value
    return type(node).__name__, [_shown_by_them(child) for child in node.tokens]


def test_every_recorded_filter_has_the_tree_of_sqlparse() -> None:
    filters = {case.filter for case in recorded("cases")}
    assert [text for text in filters if ours(text) != theirs(text)] == []


@given(texts)
@settings(max_examples=1500, deadline=None)
def test_any_mix_of_words_has_the_tree_of_sqlparse(text: str) -> None:
    assert ours(text) == theirs(text)


@given(st.sampled_from(PLAIN), texts, st.sampled_from(PLAIN), texts)
@settings(max_examples=400, deadline=None)
def test_plain_clauses_between_have_the_tree_of_sqlparse(first: str, text: str, then: str, last: str) -> None:
    """The passes do not see all of these, and the words that they miss must not matter to the others."""
    text = f"{first} AND {text} AND {then} and  {last}"
    assert ours(text) == theirs(text)


@pytest.mark.parametrize("entity", ENTITIES)
def test_generated_filters_in_a_row_have_the_tree_of_sqlparse(entity: str) -> None:
    written = islice(filters(entity, 9), 240)
    joined = [" AND ".join(row) for row in zip(written, written, written, strict=False)]
    assert [text for text in joined if ours(text) != theirs(text)] == []


def test_deep_and_long_statements_are_given_up_where_sqlparse_does() -> None:
    texts = [
        *("(" * n + "a" + ")" * n for n in (99, 100, 101, 300)),
        *("[" * n + "]" * n for n in (100, 101)),
        *("a = " * n + "1" for n in (99, 100, 101, 102, 400)),
        *("a" + " desc" * n for n in (99, 100, 101, 102)),
        *("1" + " + 1" * n for n in (99, 100, 101, 102)),
        *("a " * n for n in (4999, 5000, 5001)),
        "x in (" + "1," * 5001 + ")",
        "a" + ".b" * 300,
        "a" + "::b" * 300,
        "a ->" * 300 + " b",
    ]
    assert [text[:20] for text in texts if ours(text) != theirs(text)] == []
