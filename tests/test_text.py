"""Lines and columns as editors count them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlq.text import LineIndex, Position

TEXTS = st.text(alphabet=st.sampled_from("ab\r\n\f\u2028\U0001f600\u0301\t"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\r\nb\rc\nd", ["a", "b", "c", "d"]),
        ("a\n\rb", ["a", "", "b"]),
        ("a\fb\u2028c\x0bd\x85e", ["a\fb\u2028c\x0bd\x85e"]),
    ],
)
def test_the_lines_are_those_that_lsp_knows(text: str, lines: list[str]) -> None:
    index = LineIndex(text)
    assert [index.line(number) for number in range(index.count)] == lines


def test_columns_count_code_points() -> None:
    index = LineIndex("x\n\U0001f600e\u0301\t!")
    assert index.position(index._text.index("!")) == Position(1, 4)
    assert index.position1(index._text.index("!")) == Position(2, 5)


def test_the_line_feed_of_a_pair_belongs_to_the_line_it_ends() -> None:
    assert LineIndex("ab\r\ncd").position(3) == Position(0, 3)


def test_places_outside_the_text_are_its_ends() -> None:
    index = LineIndex("ab\ncd")
    assert index.position(-1) == Position(0, 0)
    assert index.position(99) == Position(1, 2)
    assert index.offset(Position(0, 99)) == 2
    assert index.offset(Position(9, 0)) == 5
    assert index.offset(Position(-1, 3)) == 0


@given(TEXTS)
def test_every_offset_comes_back(text: str) -> None:
    index = LineIndex(text)
    for offset in range(len(text) + 1):
        if not (text[offset - 1 : offset] == "\r" and text[offset : offset + 1] == "\n"):
            assert index.offset(index.position(offset)) == offset


@given(TEXTS)
def test_lines_and_their_ends_make_the_text(text: str) -> None:
    index = LineIndex(text)
    ends = [*re.findall("\r\n|\r|\n", text), ""]
    assert "".join(index.line(number) + end for number, end in enumerate(ends)) == text
