"""The underline stands under what it means, whatever a terminal makes of the characters before it."""

from __future__ import annotations

import pytest
from mlq.cli.frame import Row, rows
from mlq.text import LineIndex
from mlq_grammar.spans import Span
from support.marks import read


def _frame(marked: str) -> list[str]:
    snippet = read(marked)
    shown = rows(LineIndex(snippet.text), snippet.spans[0])
    return [line for row in shown for line in (_text(row), row.underline)]


def _text(row: Row) -> str:
    return f"{row.number} {row.before}{row.marked}{row.after}"[2:]


def test_plain_text() -> None:
    assert _frame("params.a = 32\n           ^^\n") == [
        "params.a = 32",
        "           ^^",
    ]


def test_a_tab_is_four_cells() -> None:
    assert _frame("\tx = 1\n\t^\n") == [
        "    x = 1",
        "    ^",
    ]


def test_wide_characters_are_two_cells() -> None:
    assert _frame("'漢字😀' = 32\n         ^^\n".replace("         ^^", "        ^^")) == [
        "'漢字😀' = 32",
        "           ^^",
    ]
    assert _frame("a = 漢字\n    ^^\n") == [
        "a = 漢字",
        "    ^^^^",
    ]


def test_combining_characters_are_none() -> None:
    assert _frame("e\N{COMBINING ACUTE ACCENT} = 32\n     ^^\n") == [
        "e\N{COMBINING ACUTE ACCENT} = 32",
        "    ^^",
    ]


def test_an_empty_span_is_one_cell_behind_the_line() -> None:
    snippet = LineIndex("a =")

    assert rows(snippet, Span(3, 3)) == [Row(1, "a =", "", "", "   ^")]


def test_a_span_of_several_lines_is_underlined_in_each_without_the_indentation() -> None:
    text = "f('''a = 1\n      AND b\n      = 2''')"

    assert rows(LineIndex(text), Span(5, text.rindex("'''"))) == [
        Row(1, "f('''", "a = 1", "", "     ^^^^^"),
        Row(2, "      ", "AND b", "", "      ^^^^^"),
        Row(3, "      ", "= 2", "''')", "      ^^^"),
    ]


def test_of_many_lines_the_last_is_shown_after_the_first_five() -> None:
    text = "\n".join("abcdefghi")

    assert [row.number for row in rows(LineIndex(text), Span(0, len(text)))] == [1, 2, 3, 4, 5, 9]


def test_a_long_line_is_cut_around_what_is_marked() -> None:
    text = "x" * 1000 + "MARK" + "y" * 1000
    (row,) = rows(LineIndex(text), Span(1000, 1004))

    assert row.marked == "MARK"
    assert row.before == "…" + "x" * 60
    assert row.after == "y" * 96 + "…"
    assert row.underline == " " * 61 + "^^^^"


def test_of_a_long_marked_part_the_beginning_is_shown() -> None:
    (row,) = rows(LineIndex("a = " + "x" * 1000), Span(4, 1004))

    assert len(row.marked) == len(row.underline.strip()) == 156
    assert row.after == "…"


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\x1b", "␛"),
        ("\x07", "␇"),
        ("\x7f", "␡"),
        ("\x9b", "�"),
        ("\u202e", "�"),
        ("\u2028", "�"),
        ("\ud800", "�"),
    ],
)
def test_nothing_in_a_file_can_command_the_terminal(character: str, shown: str) -> None:
    (row,) = rows(LineIndex(f"a{character}b = 12"), Span(7, 8))

    assert row.before == f"a{shown}b = 1"
    assert row.underline == " " * 7 + "^"
