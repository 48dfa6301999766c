"""What `mlq-check` says of notebooks: in cells and lines, as people see them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from mlq.cli.check import main
from mlq.findings import Edit, apply
from support.notebooks import written

if TYPE_CHECKING:
    from pathlib import Path

CELLS = (
    ("markdown", "# Churn"),
    "import mlflow\n!pip install 'x",
    "WANTED = 'params.batch_size = 32'",
    "%%time\n\nmlflow.search_runs(filter_string=WANTED)\nmlflow.search_runs(filter_string='params.a = 4')",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "churn.ipynb").write_text(written(*CELLS), encoding="utf-8")
    return tmp_path


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


@pytest.mark.usefixtures("folder")
def test_findings_name_the_cell_and_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--output-format", "concise"]) == 1
    first, second = lines_of(capsys)
    assert first.startswith("churn.ipynb:cell 3:1:31: error[MLQ401]")
    assert second.startswith("churn.ipynb:cell 4:4:46: error[MLQ401]")


@pytest.mark.usefixtures("folder")
def test_the_line_shown_is_the_cells(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["churn.ipynb"]) == 1
    lines = lines_of(capsys)
    assert " --> churn.ipynb:cell 3:1:31" in lines
    assert "1 | WANTED = 'params.batch_size = 32'" in lines
    assert "1 | WANTED = 'params.batch_size = \"32\"'" in lines


def test_json_has_the_files_lines_and_the_cell(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--output-format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)[0]
    file = (folder / "churn.ipynb").read_text(encoding="utf-8")
    line = file.splitlines()[found["line"] - 1]
    assert (found["cell"], line[found["column"] - 1 : found["end_column"] - 1]) == (3, "32")
    mended = json.loads(apply([Edit(**edit) for edit in found["fix"]["edits"]], file))
    assert mended["cells"][2]["source"] == ["WANTED = 'params.batch_size = \"32\"'"]


@pytest.mark.usefixtures("folder")
def test_filters_are_listed_by_cell(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert lines_of(capsys)[0] == "churn.ipynb:cell 3:1:10: search_runs: params.batch_size = 32"
    assert main(["--list", "--output-format", "json"]) == 0
    assert [each["cell"] for each in json.loads(capsys.readouterr().out)] == [3, 4]


def test_a_broken_notebook_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "broken.ipynb").write_text('{"cells": [\n  {"source": "x"\n')
    assert main(["--output-format", "concise"]) == 2
    out, err = capsys.readouterr()
    assert "mlq-check: broken.ipynb: is no JSON at line 3, column 1: expecting ','\n" in err
    assert "churn.ipynb:cell 3" in out


def test_a_notebook_is_mended_and_stays_as_it_was_around_the_fix(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "churn.ipynb"
    before = file.read_bytes()
    assert main(["--fix"]) == 0
    after = file.read_bytes()
    assert after == before.replace(b"= 32'", rb"= \"32\"'").replace(b"= 4'", rb"= \"4\"'")
    assert main(["--fix"]) == 0
    assert file.read_bytes() == after
    capsys.readouterr()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("cell 2:1", "There is no string on this line."),
        ("cell 3:1", "Checked as a filter of runs, for search_runs: a variable holds it"),
        ("cell 4:3", "Checked where it is written: what `WANTED` is stands elsewhere"),
        ("cell 4:4", "Checked as a filter of runs, for search_runs: it is written in the call"),
        ("cell 4:9", "There is no line 9."),
    ],
)
def test_why_asks_about_a_line_of_a_cell(place: str, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--why", f"churn.ipynb:{place}"]) == 0
    assert capsys.readouterr().out.startswith(f"churn.ipynb:{place}: {reason}")


@pytest.mark.usefixtures("folder")
def test_why_says_which_cell_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--why", "churn.ipynb:cell 9:1"]) == 2
    assert capsys.readouterr().err == "mlq-check: churn.ipynb: has no cell 9 with anything in it\n"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["github", "gitlab", "junit", "sarif"])
def test_services_that_show_the_files_lines_are_told_the_cell(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--output-format", name])

    said = capsys.readouterr().out
    assert "Cell 3, line 1: Params are text" in said
    assert "Cell 4, line 4: Params are text" in said
