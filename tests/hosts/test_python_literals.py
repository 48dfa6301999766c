"""Literals in Python files are read as Python reads them, and every character is traced to its source."""

from __future__ import annotations

import ast
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlq.hosts import find_filters
from mlq.hosts.region import FilterRegion
from mlq_grammar.spans import Span
from support.hosts import check_map
from support.literals import CALL, expression


def value_of(source: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = ast.literal_eval(source)
    assert isinstance(value, str)
    return value


@given(source=expression(), before=st.sampled_from(["", "\ufeff", "# \U0001f600\n", "x = 'é'\r\n"]))
def test_a_literal_reads_as_python_reads_it(source: str, before: str) -> None:
    text = before + CALL.format(source) + "\n"
    [region] = find_filters(text)
    assert region.text == value_of(source)
    assert text[region.start : region.end] == source
    check_map(region, text)


@given(source=expression())
def test_every_character_maps_to_the_source_that_makes_it(source: str) -> None:
    text = CALL.format(source)
    [region] = find_filters(text)
    for offset, char in enumerate(region.text):
        outer = region.map.to_outer(Span(offset, offset + 1))
        assert char == value_of_piece(outer.of(text), is_raw=is_raw_at(region, outer.start))


def is_raw_at(region: FilterRegion, offset: int) -> bool:
    [opening] = [quoted.opening for quoted in region.literals if quoted.content.touches(offset)]
    return "r" in opening.lower()


def value_of_piece(piece: str, *, is_raw: bool) -> str:
    if is_raw or piece in {"'", "\\"}:  # a lone backslash: of an escape that Python does not know
        return piece.replace("\r\n", "\n")
    return value_of(f"'''{piece}'''")


@pytest.mark.parametrize(
    "source",
    [
        'b"metrics.a > 1"',
        'rb"a"',
        't"{a}"',
        "None",
        'f"{a}"',
        "a + b",
        '"{".format(a)',
        '"%" % a',
    ],
)
def test_what_is_no_plain_text_is_not_guessed(source: str) -> None:
    assert find_filters(CALL.format(source)) == []


def test_a_joined_text_knows_the_quotes_of_each_part() -> None:
    text = CALL.format("(\"a = 'x' \" r'AND b = 1')")
    [region] = find_filters(text)
    assert [literal.opening for literal in region.literals] == ['"', "r'"]
    assert region.escape('"', at=2) == '\\"'
    assert region.escape('"', at=12) == '"'
    assert region.shape == "implicit-concatenation"


def test_a_cursor_between_the_quotes_of_an_empty_literal_stands_in_the_filter() -> None:
    text = CALL.format('""')
    [region] = find_filters(text)
    inside = text.index('""') + 1
    assert region.map.to_inner(inside) == 0
    assert region.map.to_outer(Span(0, 0)) == Span(inside, inside)
    assert region.map.to_inner(inside - 1) is None
    assert region.map.to_inner(inside + 1) is None
