"""`--add-ignores` leaves files of which mlq says nothing, and of which nothing else has changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from support.cli import Result, run_here

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Result]

SCRIPT = """\
import mlflow  # mlq: ignore[MLQ401]

if True:
\tfound = mlflow.search_runs(filter_string='''
        params.a = 1 AND status = "Done"
    ''', order_by=["accuracy DECS"])  # type: ignore
    # mlq: ignore[MLQ501, MLQ999]
"""
SUPPRESSED = """\
import mlflow

if True:
\tfound = mlflow.search_runs(filter_string='''
        params.a = 1 AND status = "Done"
    ''', order_by=["accuracy DECS"])  # type: ignore  # mlq: ignore[MLQ401, MLQ502, MLQ851, MLQ852]
"""


def written(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `mlq check` in a folder."""
    return partial(run_here, monkeypatch, capsys, tmp_path, "check")


def test_all_is_suppressed_and_a_second_run_changes_nothing(tmp_path: Path, run: Run) -> None:
    script = tmp_path / "train.py"
    script.write_bytes(written(SCRIPT))

    result = run("--add-ignores")

    assert (result.status, result.out) == (0, "")
    assert result.err.startswith("Suppressed 3 errors, 2 warnings, 2 notes in 1 file\n")
    assert script.read_bytes() == written(SUPPRESSED)
    assert run().err == "1 filter in 1 file: nothing to complain about\n"
    run("--add-ignores")
    assert script.read_bytes() == written(SUPPRESSED)


def test_only_what_the_settings_let_through_is_suppressed(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.mlq").write_text("params.a = 1 AND status = 'Done'")

    run("--add-ignores", "--select", "MLQ4")

    assert (tmp_path / "a.mlq").read_text() == "params.a = 1 AND status = 'Done'  -- mlq: ignore[MLQ401]"


def test_what_changes_no_file_is_refused(run: Run) -> None:
    for others in (["-"], ["--fix"], ["--filter", "params.a = 1"], ["--list"]):
        with pytest.raises(SystemExit, match="2"):
            run("--add-ignores", *others)
