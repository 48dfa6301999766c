"""What `import mlq` offers, and what it costs."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import mlq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path


def _modules_after(code: str) -> set[str]:
    """Return the names of the modules that a fresh interpreter has after running the code."""
    program = f"import sys; before = set(sys.modules); {code}; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-S", "-c", _with_path(program)], capture_output=True, check=True)
    return set(done.stdout.decode().split())


def _with_path(program: str) -> str:
    # -S keeps what site-packages load at start out of the count; the packages are found all the same.
    return f"import sys; sys.path[:] = {sys.path!r}; {program}"


def test_importing_mlq_loads_nothing_but_itself() -> None:
    assert _modules_after("import mlq") <= {"mlq", "__future__"}


def test_every_public_name_is_there_and_has_a_docstring() -> None:
    for name in mlq.__all__:
        assert getattr(mlq, name).__doc__, name
    assert set(mlq.__all__) <= set(dir(mlq))


def test_there_is_nothing_else() -> None:
    with pytest.raises(AttributeError, match="module 'mlq' has no attribute 'chekc'"):
        mlq.chekc  # noqa: B018


def test_checking_a_filter_loads_neither_the_servers_libraries_nor_mlflow() -> None:
    loaded = _modules_after("import mlq; mlq.check('params.a = 1')")

    assert loaded.isdisjoint({"mlflow", "pygls", "lsprotocol", "tree_sitter", "sqlparse"})


@pytest.mark.parametrize(
    ("source", "unneeded"),
    [
        ("import mlflow\nprint(1)\n", {"lark", "tree_sitter"}),
        ("import mlflow\nmlflow.search_runs(filter_string='params.a = 1')\n", set()),
    ],
)
def test_the_command_line_loads_the_parsers_only_after_a_first_hit(
    tmp_path: Path, source: str, unneeded: set[str]
) -> None:
    (tmp_path / "a.py").write_text(source)

    loaded = _modules_after(f"from mlq.cli.check import main; main([{str(tmp_path / 'a.py')!r}])")

    assert loaded.isdisjoint({"mlflow", "pygls", "lsprotocol", "asyncio", "wcwidth", "pathspec", *unneeded})


def test_check_returns_findings_that_mend_the_filter() -> None:
    text = "params.batch_size = 32"

    (finding,) = mlq.check(text)

    assert (finding.severity, text[finding.start : finding.end]) == ("error", "32")
    assert mlq.check("params.batch_size = '32'") == []


def test_find_filters_says_where_they_are() -> None:
    source = 'import mlflow\nmlflow.search_runs(filter_string="metrics.auc > 0.9")\n'

    (region,) = mlq.find_filters(source)

    assert (region.text, region.entity, region.api) == ("metrics.auc > 0.9", "runs", "search_runs")
    assert source[region.to_source(8) :].startswith("auc > 0.9")


@settings(deadline=None)  # the first example imports mlflow
@given(
    st.text("'\"\\a ")
    | st.text(alphabet=st.one_of(st.sampled_from("'\"`\\ \n%-;#/*AND()=$"), st.characters(codec="utf-8")))
)
@example("")
@example(" it's ")
@example("--x")
@example("both ''kinds'' of \"quotes\"")
def test_mlflow_reads_a_quoted_text_back(text: str) -> None:
    try:
        literal = mlq.quote(text)
    except ValueError:
        assert text.endswith("\\") or {"'", '"'} <= set(text)
        assert not any(_is_read_as(text, f"{quote}{text}{quote}") for quote in "'\"")
        return

    assert _is_read_as(text, literal)


def _is_read_as(text: str, literal: str) -> bool:
    """Whether MLflow reads the literal as the text, whatever stands behind it."""
    from mlflow.exceptions import MlflowException
    from mlflow.utils.search_utils import SearchUtils

    # The neighbours would be swallowed by a literal that does not end where it should.
    filter_string = f"params.a = {literal} AND tags.b = 'x' AND params.c = \"y\""
    try:
        clauses = SearchUtils.parse_search_filter(filter_string)
    except MlflowException:
        return False
    return [clause["value"] for clause in clauses] == [text, "x", "y"]
