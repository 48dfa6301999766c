"""Why a string is checked, or is not, can be asked line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlq.hosts import explain

LINES = {
    "in the call": ("mlflow.search_runs([], 'a = 1')", "Checked as a filter of runs, for search_runs"),
    "where it is put in a variable": (
        "q = 'a = 1'\nmlflow.search_traces(filter_string=q)",
        "Checked as a filter of traces",
    ),
    "an f-string": ("mlflow.search_runs([], f\"a = '{x}'\")", "MLflow gets: a = '{}'"),
    "another library's": (
        "import opik; opik.Opik().search_traces(filter_string='a')",
        "`opik.Opik()` comes from opik, not from mlflow",
    ),
    "nobody's": ("library.search_prompts(filter_string='a')", "nothing here says that this is MLflow's"),
    "the file's own": (
        "S().search_traces(filter_string='a')\nclass S:\n    pass",
        "`S()` is this file's own",
    ),
    "open": ("mlflow.search_runs([], q + 'a'.x)", "Not checked: what `q + 'a'.x` is cannot be told"),
    "in the wrong place": ("mlflow.search_experiments('a = 1')", "none of these arguments"),
    "of no call": ("q = 'a = 1'", "# mlq: runs"),
    "not there": ("q = 1", "There is no string on this line."),
}


@pytest.mark.parametrize(("source", "reason"), LINES.values(), ids=LINES.keys())
def test_the_reason_is_said(source: str, reason: str) -> None:
    [answer] = explain(source, "python", 1)
    assert reason in answer


def test_a_line_beyond_the_end_is_said_to_be_none() -> None:
    assert explain("x = 1", "python", 7) == ("There is no line 7.",)


def test_a_query_file_answers_too() -> None:
    source = "SEARCH traces\nWHERE name = 'x';\n"
    assert explain(source, "mlq", 2) == ("Checked as a filter of traces.",)
    assert explain(source, "mlq", 1) == ("Not checked: no filter begins on this line.",)


PARTS = st.sampled_from(
    [
        "mlflow.",
        "search_runs(",
        "q",
        "'a'",
        "f'{x}'",
        " = ",
        " + ",
        ")",
        "(",
        "**",
        "{",
        "}",
        "[",
        "\n",
        "# mlq: runs",
    ]
)


@given(text=st.lists(PARTS, max_size=20).map("".join), line=st.integers(0, 5))
def test_any_line_of_any_text_has_an_answer(text: str, line: int) -> None:
    assert explain(text, "python", line)
