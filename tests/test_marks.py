"""The marks of the marked texts."""

from __future__ import annotations

from mlq_grammar.spans import Span
from support import marks


def test_a_mark_names_the_span_above_it() -> None:
    marked = marks.read(
        """
        metrics.auc > 'high'
                      ^^^^^^ metric-not-number
        ^^^^^^^ a prefix
        AND x
        """
    )
    assert marked.text == "metrics.auc > 'high'\nAND x\n"
    assert marked.marks == ((Span(14, 20), "metric-not-number"), (Span(0, 7), "a prefix"))
    assert marked.underlined() == ("'high'", "metrics")
    assert marked.cursor is None


def test_the_cursor_is_taken_out_before_columns_count() -> None:
    marked = marks.read("metrics.$0a > 1\n        ^ key\n")
    assert marked.text == "metrics.a > 1\n"
    assert marked.cursor == 8
    assert marked.underlined() == ("a",)


def test_columns_are_code_points() -> None:
    assert marks.read("'\U0001f600e\u0301' = 1\n     ^ here").underlined() == (" ",)


def test_a_mark_at_the_end_of_a_line_is_empty() -> None:
    assert marks.read("a =\n   ^ a value is missing").spans == (Span(3, 3),)
