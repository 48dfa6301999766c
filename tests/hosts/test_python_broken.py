"""Files that are being typed: the filter under the cursor is found, and so are all others."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mlq.hosts import find_filters, python
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from support import marks
from support.hosts import check, check_map

BEING_TYPED = {
    "nothing closed, at the end of the file": "mlflow.search_runs(filter_string='metrics.$0",
    "nothing closed, code behind": "mlflow.search_runs(filter_string='metrics.$0\n\nx = 1\nprint('done')\n",
    "the quote closed, the call not": "mlflow.search_runs(filter_string='metrics.$0'\n\ndef f():\n    pass\n",
    "a comma behind": "mlflow.search_runs(\n    [],\n    filter_string='metrics.$0,\n    max_results=5,\n)\n",
    "an argument half typed": "mlflow.search_runs(filter_string='metrics.$0', order_by=)\nx = 1\n",
    "an argument half typed before": "mlflow.search_runs(order_by=, filter_string='metrics.$0')\nx = 1\n",
    "positional": "mlflow.search_runs(['1'], 'metrics.$0\n",
    "in an unfinished function": "import mlflow\ndef f(\nmlflow.search_runs(filter_string='metrics.$0')\n",
    "a triple quote open": "mlflow.search_runs(filter_string='''metrics.$0\n\ndef f():\n    pass\n",
    "an unclosed string above": "import mlflow\nx = 'abc\nmlflow.search_runs(filter_string='metrics.$0')\n",
    "an unclosed bracket above": "import mlflow\nx = (1,\nmlflow.search_runs(filter_string='metrics.$0')\n",
    "in an unfinished method": (
        "import mlflow\nclass A:\n    def f(self):\n        c = mlflow.MlflowClient()\n"
        "        return c.search_model_versions('metrics.$0\n    def g(self):\n        pass\n"
    ),
    "with a backslash last": "mlflow.search_runs(filter_string='metrics.$0\\\n",
    "inside another call": "print(mlflow.search_runs(filter_string='metrics.$0)\nx = 1\n",
    "Windows line ends": "import mlflow\r\nmlflow.search_runs(\r\n  filter_string='metrics.$0\r\nx = 1\r\n",
    "old Macintosh line ends": "import mlflow\rmlflow.search_runs(filter_string='metrics.$0')\rx = 1\r",
}


@pytest.mark.parametrize("closing", [")", ",", "))", "),"])
def test_what_an_editor_closed_early_is_no_part_of_the_filter(closing: str) -> None:
    [region] = find_filters(f"print(mlflow.search_runs(filter_string='run_id IN (1){closing}\n")
    assert region.text == "run_id IN (1)"


@pytest.mark.parametrize("source", BEING_TYPED.values(), ids=BEING_TYPED.keys())
def test_the_filter_under_the_cursor_is_found(source: str) -> None:
    marked = marks.read(source)
    [region] = find_filters(marked.text)
    assert marked.cursor is not None
    inner = region.map.to_inner(marked.cursor)
    assert inner is not None
    assert region.text[:inner] == "metrics."
    check_map(region, marked.text)


def test_what_is_broken_hides_no_other_filter() -> None:
    check(
        """
        import mlflow
        a = mlflow.search_runs(filter_string="a = 1")
                                             ^^^^^^^ search_runs: a = 1
        b = mlflow.search_runs(filter_string="b =
                                             ^^^^ search_runs: b =
        c = mlflow.search_runs(filter_string="c = 1")
                                             ^^^^^^^ search_runs: c = 1
        def f(:
            return mlflow.search_runs([], "d = 1",
                                          ^^^^^^^ search_runs: d = 1
        """
    )


PARTS = st.one_of(
    st.sampled_from(["mlflow.", "search_runs", "search_traces(", "filter_string=", "self.c", "x", "é"]),
    st.sampled_from(["def ", "class ", "import ", "from ", " as ", "return ", "lambda ", "with ", "global "]),
    st.sampled_from(
        ["(", ")", "[", "]", "{", "}", "=", ", ", ":", "*", "#", "\\", "\n", "\r", "\t", " ", "    "]
    ),
    st.sampled_from(
        ["f'{x", "!r}", ":>{", ".format(", " % ", " + ", "q += ", "q", ' "a".join(', "# mlq: runs\n"]
    ),
    st.sampled_from(["'", '"', "'''", "f'", "b'", "r'", "u'", "\0", "\ud800", "\ufeff", "\U0001f600"]),
)


@given(text=st.lists(PARTS, max_size=40).map("".join))
@example(text="search_runs(")
@example(text="mlflow.search_runs(filter_string=" + "'" * 7)
@example(text="class A(A):\n def f(self): return self.f().search_runs(filter_string='')")
def test_no_text_raises(text: str) -> None:
    for region in find_filters(text):
        check_map(region, text)


@given(text=st.text())
def test_no_arbitrary_text_raises(text: str) -> None:
    find_filters("mlflow.search_runs(filter_string=" + text)


DOUBLING = "".join(f"a{n} = f'{{a{n - 1}}} {{a{n - 1}}}'\n" for n in range(1, 60))


@pytest.mark.parametrize(
    "text",
    [
        "mlflow.search_runs(filter_string='" + "a" * 1_000_000 + "')",
        "mlflow.search_runs(filter_string='" + "\\N{" * 300_000 + "')",
        "mlflow.search_runs(filter_string='metrics.a > 1')\n" * 5_000,
        "c.search_runs(filter_string='metrics.a > 1\n" * 5_000,
        "mlflow.search_runs(" * 5_000,
        "client = client.search_runs(filter_string='a')\n" * 2_000,
        "search_runs(filter_string='''" * 5_000,
        "q = 'a'\n" + "q += ' AND b'\n" * 90 + "mlflow.search_runs([], q)\n" * 4_000,
        "a0 = 'x'\n" + DOUBLING + "mlflow.search_runs([], a59)\n",
        "n = 'a'\nmlflow.search_runs([], " + " + ".join("n" * 5_000) + ")\n",
        "mlflow.search_runs([], f'" + "{x}" * 30_000 + "')\n",
        "# mlq: runs\n" * 20_000 + "x = 'a'\n",
        "u = 'mlflow/runs/search'\nf(u)\n" * 1_500,
    ],
    ids=[
        "long literal",
        "escapes",
        "many calls",
        "many broken calls",
        "nested",
        "circular",
        "open triples",
        "many uses",
        "doubling",
        "long sum",
        "many holes",
        "comments",
        "paths",
    ],
)
def test_a_hostile_file_takes_seconds_at_most(text: str) -> None:
    started = time.process_time()
    python.regions.__wrapped__(text)
    # Some seconds on a slow machine; in time that grows with the square it would be an hour.
    assert time.process_time() - started < 60


def test_a_file_that_is_too_long_is_taken_to_hold_nothing() -> None:
    call = "mlflow.search_runs([], 'a = 1', order_by=['x'])  # noqa: MLQ401\n"
    found = Analysis(Document(call + "x = 1\n" * (python.LONGEST // 6), "python"))
    assert found.regions() == ()
    assert found.diagnostics() == []


def test_a_file_without_searches_does_not_load_the_parser() -> None:
    import subprocess
    import sys

    code = "import sys, mlq.hosts as h; h.find_filters('x = 1'); print('tree_sitter' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"
