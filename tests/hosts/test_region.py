"""Offsets go from a filter to its file and back, and edits of a filter come out in the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlq.findings import Edit, apply
from mlq.hosts import find_filters
from mlq.hosts.region import OffsetMap, Piece
from mlq_grammar.spans import Span
from support.literals import CALL, expression

# "ab" "\n" "cd": two plain stretches and an escape between them, in three literals.
MAP = OffsetMap(
    (
        Piece(Span(0, 2), Span(1, 3)),
        Piece(Span(2, 3), Span(6, 8)),
        Piece(Span(3, 5), Span(11, 13)),
    )
)


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        (Span(0, 2), Span(1, 3)),
        (Span(1, 2), Span(2, 3)),
        (Span(2, 3), Span(6, 8)),
        (Span(1, 3), Span(2, 8)),
        (Span(1, 4), Span(2, 12)),
        (Span(0, 5), Span(1, 13)),
        (Span(0, 0), Span(1, 1)),
        (Span(2, 2), Span(3, 3)),
        (Span(3, 3), Span(8, 8)),
        (Span(5, 5), Span(13, 13)),
        (Span(4, 99), Span(12, 13)),
    ],
)
def test_a_span_reaches_from_its_first_character_to_its_last(inner: Span, outer: Span) -> None:
    assert MAP.to_outer(inner) == outer


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        (0, None),
        (1, 0),
        (2, 1),
        (3, 2),
        (4, None),
        (5, None),
        (6, 2),
        (7, 2),
        (8, 3),
        (9, None),
        (11, 3),
        (13, 5),
    ],
)
def test_a_cursor_stands_in_the_filter_up_to_each_quote(outer: int, inner: int | None) -> None:
    assert MAP.to_inner(outer) == inner


@given(source=expression(), text=st.text(alphabet="a'\"\\\n0n{", max_size=3), data=st.data())
def test_an_edit_of_the_filter_is_one_of_the_file(source: str, text: str, data: st.DataObject) -> None:
    file = CALL.format(source)
    [region] = find_filters(file)
    start = data.draw(st.integers(0, len(region.text)))
    end = data.draw(st.integers(start, len(region.text)))
    wanted = Edit(start, end, text)
    edit = region.edit(wanted)
    if edit is None:
        openings = {literal.opening for literal in region.literals}
        assert len(openings) > 1 or any("r" in opening.lower() for opening in openings)
        return
    [changed] = find_filters(apply([edit], file))
    assert changed.text == apply([wanted], region.text)


def test_an_edit_over_two_literals_joins_them_if_their_quotes_are_alike() -> None:
    [region] = find_filters(CALL.format("('metrics.a' ' > 1')"))
    assert region.edit(Edit(8, 12, "b =")) is not None
    [region] = find_filters(CALL.format("('metrics.a' \" > 1\")"))
    assert region.edit(Edit(8, 12, "b =")) is None


def test_a_raw_literal_takes_no_edit_that_it_cannot_hold() -> None:
    [region] = find_filters(CALL.format("r'params.a = x'"))
    assert region.edit(Edit(11, 12, "'x'")) is None
    assert region.insertion("'x'", Span(45, 46)) is None
    assert region.edit(Edit(11, 12, '"x"')) is not None
