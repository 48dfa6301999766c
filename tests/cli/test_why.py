"""`mlq-check --why FILE:LINE` says why a string is checked, or why it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from mlq.cli.check import main

FILE = "import mlflow\nmlflow.search_runs([], 'a = 1')\nother('a = 1')\n"


@pytest.mark.parametrize(
    ("line", "answer"),
    [(1, "There is no string on this line."), (2, "Checked as a filter of runs"), (3, "# mlq: runs")],
)
def test_the_reason_is_printed(
    line: int, answer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "train.py"
    file.write_text(FILE, encoding="utf-8")
    assert main(["--why", f"{file}:{line}"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"{file}:{line}: ")
    assert answer in printed


def test_a_file_that_is_not_there_is_said_to_be_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--why", f"{tmp_path / 'none.py'}:1"]) == 2
    assert "none.py" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["train.py", "train.py:", ":3", "train.py:x"])
def test_what_names_no_line_is_refused(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["--why", wrong])
    assert raised.value.code == 2
    assert "FILE:LINE" in capsys.readouterr().err
