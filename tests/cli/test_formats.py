"""The output formats for other programs, held against the schemas of those who read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from mlq.findings import Edit, apply
from mlq.text import LineIndex, Position
from support.schemas import check_gitlab, check_junit, check_sarif

if TYPE_CHECKING:
    from typing import Any

    from support.cli import Here

BAD = """\
import mlflow

runs = mlflow.search_runs(
    filter_string="tags.`漢😀` = '%s' AND params.batch_size = 32",
)
mlflow.search_runs(filter_string='''
    status = 'Completed'
    OR metrics.a-b > 1
''')
"""
CODES = ["MLQ401", "MLQ101", "MLQ204"]


@pytest.fixture
def bad(here: Here) -> Here:
    """A folder with a bad file in a folder whose name needs care."""
    (here.folder / "a b, c:%").mkdir()
    (here.folder / "a b, c:%" / "bad.py").write_text(BAD, encoding="utf-8")
    (here.folder / "good.py").write_text("import mlflow\nmlflow.search_runs(filter_string='')\n")
    return here


def test_jsonl_is_a_finding_a_line(bad: Here) -> None:
    lines = bad.check("--output-format", "jsonl")
    array = bad.check("--output-format", "json")

    assert lines.json_lines == array.json
    assert (lines.status, lines.err) == (1, "")
    assert [finding["code"] for finding in array.json] == CODES


def test_jsonl_lists_a_filter_a_line(bad: Here) -> None:
    lines = bad.check("--list", "--output-format", "jsonl")

    assert lines.json_lines == bad.check("--list", "--output-format", "json").json
    assert len(lines.json_lines) == 3


def test_github_annotates_the_lines(bad: Here) -> None:
    first, second, *_ = bad.check("--output-format", "github").out.splitlines()

    column = BAD.splitlines()[3].index("32") + 1
    assert first.startswith(
        "::error file=a b%2C c%3A%25/bad.py,line=4,endLine=4,"
        f"col={column},endColumn={column + 2},title=MLQ401::Params are text"
    )
    assert "%0AMLflow says: " in second, "what MLflow says is the second line of the message"
    assert len(re.findall("::", first)) == 2


def test_gitlab_takes_the_report(bad: Here) -> None:
    result = bad.check("--output-format", "gitlab")

    check_gitlab(result.json)
    assert [issue["check_name"] for issue in result.json] == CODES
    assert result.json[0]["location"] == {"path": "a b, c:%/bad.py", "lines": {"begin": 4, "end": 4}}
    check_gitlab(bad.check("good.py", "--output-format", "gitlab").json)


def test_a_fingerprint_stays_when_lines_move_and_none_is_given_twice(here: Here) -> None:
    def prints(text: str) -> list[str]:
        (here.folder / "a.py").write_text(text)
        report = here.check("a.py", "--output-format", "gitlab").json
        check_gitlab(report)
        return [issue["fingerprint"] for issue in report]

    call = 'mlflow.search_runs(filter_string="params.a = 3 and params.b = 3")\n'
    before = prints(f"import mlflow\n{call}")

    assert prints(f"import mlflow\n\n# a comment\n{call}") == before
    assert prints(f"import mlflow\n{call}{call}")[:2] == before
    assert prints(f"import mlflow\n{call}".replace("params.b", "params.c")) != before


def test_an_absolute_path_is_one_of_the_folder(bad: Here) -> None:
    bad.check("--output-format", "gitlab", "--output-file", "relative.json")
    result = bad.check(str(bad.folder), "--output-format", "gitlab")

    assert result.out == (bad.folder / "relative.json").read_text()


def test_junit_reads_the_report(bad: Here) -> None:
    (bad.folder / "good.mlq").write_text("status = 'Completed'")
    result = bad.check("--output-format", "junit")

    check_junit(result.out)
    root = ET.fromstring(result.out)
    assert {name: root.get(name) for name in ("tests", "failures")} == {"tests": "5", "failures": "3"}
    assert [suite.get("name") for suite in root] == ["a b, c:%/bad.py", "good.mlq", "good.py"]
    assert [case.get("name") for case in root[2]] == ["filters"], "a file without findings passes"
    assert "warning: No run has the status" in (root[1][0].findtext("system-out") or "")


def test_junit_holds_what_no_xml_can(here: Here) -> None:
    (here.folder / "a.mlq").write_text("params.`\x01]]>&<\uffff\x85` = 3", encoding="utf-8")

    result = here.check("--output-format", "junit")

    check_junit(result.out)
    assert "\ufffd]]>&<\ufffd\x85" in (ET.fromstring(result.out).findtext(".//failure") or "")


def test_sarif_is_what_oasis_says(bad: Here) -> None:
    result = bad.check("--output-format", "sarif")

    check_sarif(result.json)
    [run] = result.json["runs"]
    assert [found["ruleId"] for found in run["results"]] == CODES
    rules = run["tool"]["driver"]["rules"]
    assert [rules[found["ruleIndex"]]["id"] for found in run["results"]] == CODES
    check_sarif(bad.check("good.py", "--output-format", "sarif").json)


def test_sarif_says_where_and_what_to_write(bad: Here) -> None:
    [run] = bad.check("--output-format", "sarif").json["runs"]
    first = run["results"][0]
    place = first["locations"][0]["physicalLocation"]
    [change] = first["fixes"][0]["artifactChanges"]

    assert unquote(place["artifactLocation"]["uri"]) == "a b, c:%/bad.py"
    assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
    assert _cut(BAD, place["region"]) == "32"
    assert run["columnKind"] == "unicodeCodePoints"
    edits = [_edit(BAD, replacement) for replacement in change["replacements"]]
    assert apply(edits, BAD) == BAD.replace("32", "'32'")


def test_sarif_of_a_file_elsewhere_has_its_whole_address(bad: Here) -> None:
    elsewhere = bad.folder.parent / "elsewhere.mlq"
    elsewhere.write_text("params.a = 3")

    result = bad.check(str(elsewhere), "--output-format", "sarif").json

    check_sarif(result)
    location = result["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": elsewhere.as_uri()}


def _span(text: str, region: dict[str, int]) -> tuple[int, int]:
    lines = LineIndex(text)
    places = [(region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])]
    start, end = (lines.offset(Position(line - 1, column - 1)) for line, column in places)
    return start, end


def _cut(text: str, region: dict[str, int]) -> str:
    start, end = _span(text, region)
    return text[start:end]


def _edit(text: str, replacement: dict[str, Any]) -> Edit:
    return Edit(*_span(text, replacement["deletedRegion"]), replacement["insertedContent"]["text"])


def test_statistics_count_each_rule(bad: Here) -> None:
    (bad.folder / "more.mlq").write_text("params.a = 1 AND params.b = 2")

    result = bad.check("--statistics")

    assert (result.status, result.out.splitlines()[0]) == (1, "3  MLQ401  param-not-text    3 can be fixed")
    first, *_ = bad.check("--statistics", "--output-format", "json").json
    assert first == {
        "code": "MLQ401",
        "name": "param-not-text",
        "severity": "error",
        "count": 3,
        "fixable": 3,
    }


def test_the_report_can_go_to_a_file(bad: Here) -> None:
    printed = bad.check("--output-format", "concise")
    written = bad.check("--output-format", "concise", "--output-file", "report.txt")

    assert (written.status, written.out, written.err) == (1, "", printed.err)
    assert (bad.folder / "report.txt").read_text() == printed.out


def test_a_report_that_cannot_be_written_is_said(bad: Here) -> None:
    result = bad.check("--output-file", "nowhere/report.txt")

    assert (result.status, result.out) == (2, "")
    assert result.err == "mlq check: nowhere/report.txt: cannot be written: no such file or folder\n"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 1),
        (["--exit-zero"], 0),
        (["gone.py", "--exit-zero"], 2),
        (["warned.mlq"], 0),
        (["warned.mlq", "--max-warnings", "1"], 0),
        (["warned.mlq", "--max-warnings", "0"], 1),
        (["warned.mlq", "--max-warnings", "0", "--exit-zero"], 0),
    ],
)
def test_the_status_can_be_chosen(bad: Here, arguments: list[str], status: int) -> None:
    (bad.folder / "warned.mlq").write_text("status = 'Completed'")

    assert bad.check(*arguments).status == status
