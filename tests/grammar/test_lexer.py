"""The lexer makes exactly the tokens of the sqlparse that is there, of any text, in linear time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import sqlparse
from hypothesis import given, settings
from hypothesis import strategies as st
from mlq_grammar.lexer import tokenize
from mlq_grammar.sqlparse import RELEASES, nearest
from mlq_grammar.words import WORDS
from sqlparse.lexer import Lexer
from support.cases import recorded
from support.sqlparse_types import kind_of

if TYPE_CHECKING:
    from mlq_grammar.tokens import Kind


def _split(text: str) -> list[str]:
    return text.split()


PIECES = [
    *[" ", "\n", "\r\n", "\t", "\u00a0", "\u200b", "\0", "\x1f", "\x85", "/*", "*/", "/*+", "--", "# "],
    *_split(r""". ' " ` ´ \ \' \" '' %s # $ $$ $a$ : :: := ? @ [ ] ( ) ; , = != >= < - -> ->> + *"""),
    *_split("0x1f 1 12 1.5 .5 1e5 1_0 é ß α a _x K İ ı ſelect metrics timestamp text AND NOT IN IS NULL AS"),
    *_split("LEFT JOIN END IF DESC NULLS LAST UNION ALL GROUP BY GO DOUBLE PRECISION AT TIME ZONE CREATE OR"),
    *_split("like REPLACE REGEXP BINARY DIV"),
]
HOSTILE = [
    *_split(r""" ' " ` ´ \' \" '' '\' /* / $a$ $ $$ [ - 1 .1 a # -- %(a 1e 0x a. ( 1.1 """),
    *[" ", "\n", "a ", "NOT ", "LEFT ", "AT TIME ZONE '", "$a$ $b$ ", "# "],
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


INSTALLED = nearest(sqlparse.__version__)


def theirs(text: str) -> list[tuple[Kind, str]]:
    return [(kind_of(type_), value) for type_, value in Lexer.get_default_instance().get_tokens(text)]


def ours(text: str) -> list[tuple[Kind, str]]:
    return [(token.kind, token.text) for token in tokenize(text, INSTALLED)]


def test_the_tokens_of_a_filter() -> None:
    assert [(kind.name, text) for kind, text in ours("params.`a b` LIKE 'x%'")] == [
        ("NAME", "params"),
        ("PUNCTUATION", "."),
        ("NAME", "`a b`"),
        ("SPACE", " "),
        ("COMPARISON", "LIKE"),
        ("SPACE", " "),
        ("STRING", "'x%'"),
    ]


def test_every_recorded_filter_has_the_tokens_of_sqlparse() -> None:
    filters = {case.filter for name in ("cases", "versions") for case in recorded(name)}
    assert [text for text in filters if ours(text) != theirs(text)] == []


@given(texts)
@settings(max_examples=1500, deadline=None)
def test_any_text_has_the_tokens_of_sqlparse(text: str) -> None:
    assert ours(text) == theirs(text)


@given(texts)
def test_the_tokens_are_the_text(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(token.text for token in tokens) == text
    assert all(token.span.of(text) == token.text for token in tokens)


@pytest.mark.parametrize("frame", ["{}", "x.{}", "{}(", "{} ", "{} ."])
def test_every_word_everywhere(frame: str) -> None:
    words = [*WORDS, "like", "Rlike", "not  null", "desc nulls last", "group\nby", "go 1", "at time zone 'x'"]
    texts = [frame.format(word) for word in words]
    assert [text for text in texts if ours(text) != theirs(text)] == []


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_linear_time(piece: str) -> None:
    # Before 0.4.2, sqlparse takes `e1` for a number wherever it stands, and looks through the rest of the
    # word for each.
    for version, size in ((RELEASES[-1], 100_000), (RELEASES[0], 10_000)):
        text = piece * (size // len(piece))
        started = time.process_time()
        tokens = tokenize(text, version)
        assert time.process_time() - started < 10
        assert sum(len(token.text) for token in tokens) == len(text)


def test_the_sqlparse_here_is_one_that_the_lexer_was_written_for() -> None:
    assert sqlparse.__version__ in RELEASES
