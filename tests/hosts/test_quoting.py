"""Filter text written into Python literals reads back the same."""

from __future__ import annotations

import ast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mlq.hosts import quoting

OPENINGS = ["'", '"', "'''", '"""', "u'", 'R"', "r'", "r'''", 'r"""']
TEXTS = st.text(alphabet=st.sampled_from("ab'\"\\\n\r\t\0\U0001f600\ud83d"))


@pytest.mark.parametrize("opening", OPENINGS)
@given(text=TEXTS)
@example(text="a'b\"c\\")
@example(text="'''\"\"\"")
def test_what_is_written_reads_back(opening: str, text: str) -> None:
    try:
        written = quoting.escape(text, opening)
    except ValueError:
        assert "r" in opening.lower(), "only raw literals refuse"
        return
    closing = opening.lstrip("uUrR")
    for around in ("x", "", closing[0] if len(closing) == 3 else ""):
        inside = ("" if around == closing[0] else around) + "y" + around + written + around + "y"
        expected = inside.replace(written, text, 1) if written else inside
        assert ast.literal_eval(opening + inside + closing) == expected


@pytest.mark.parametrize("opening", ["r'", "R'", "r'''"])
def test_a_raw_string_that_can_hold_the_text_holds_it_as_it_is(opening: str) -> None:
    assert quoting.escape('tags."a\\d" = 1', opening) == 'tags."a\\d" = 1'


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("it's", "r'"),
        ("a\nb", "r'"),
        ("a\\", "r'"),
        ("'a", "r'''"),
        ("a''b", "r'''"),
        ("\r", "r'''"),
        ("\ud800", "r'"),
    ],
)
def test_a_raw_string_that_cannot_hold_the_text_refuses(text: str, opening: str) -> None:
    with pytest.raises(ValueError, match="raw string"):
        quoting.escape(text, opening)


def test_only_what_must_be_escaped_is() -> None:
    assert quoting.escape('params.x = "it\'s"', "'") == 'params.x = "it\\\'s"'
    assert quoting.escape('a "b" c\n"', '"""') == 'a "b" c\n\\"'
