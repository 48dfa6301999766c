"""Which rules report where, and at which level."""

from __future__ import annotations

from pathlib import Path

import pytest
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from mlq.ide.selection import NOTHING, Selection, is_excluded, selection_for
from mlq.settings import Layer, Settings, resolve

FILTER = "params.batch_size = 32 AND status = 'Completed'"
ROOT = Path("/work/churn")


def shown(selection: Selection) -> list[tuple[str, str]]:
    found = Analysis(Document(FILTER, "mlq"), selection=selection).diagnostics()
    return [(each.finding.code, each.finding.severity) for each in found]


def from_file(**values: object) -> Settings:
    named = {name.replace("_", "-"): value for name, value in values.items()}
    settings, problems = resolve([Layer("mlq.toml", named, is_clients=False, folder=ROOT)])
    assert problems == []
    return settings


BOTH = ["MLQ401", "MLQ502"]


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ([], [], BOTH),
        (["ALL"], [], BOTH),
        (["MLQ4"], [], ["MLQ401"]),
        (["param-not-text"], [], ["MLQ401"]),
        (["MLQ8"], [], []),
        ([], ["MLQ401"], ["MLQ502"]),
        ([], ["Param-Not-Text", "mlq50"], []),
        ([], ["ALL"], []),
        (["MLQ401"], ["MLQ4"], ["MLQ401"]),
        (["MLQ4"], ["MLQ401"], []),
        (["MLQ401"], ["MLQ401"], []),
        (["ALL", "MLQ502"], ["MLQ"], ["MLQ502"]),
    ],
)
def test_the_more_exact_of_select_and_ignore_counts(
    select: list[str], ignore: list[str], codes: list[str]
) -> None:
    settings = from_file(select=select, ignore=ignore)

    assert [code for code, _ in shown(selection_for(settings, ROOT / "a.mlq", ROOT))] == codes


def test_more_to_ignore_is_ignored_as_well() -> None:
    settings = from_file(ignore=["MLQ401"], extend_ignore=["MLQ502"])

    assert shown(selection_for(settings, ROOT / "a.mlq", ROOT)) == []


def test_levels_are_the_persons_own_will() -> None:
    settings = from_file(severity={"MLQ4": "hint", "param-not-text": "warning", "MLQ502": "off"})

    assert shown(selection_for(settings, ROOT / "a.mlq", ROOT)) == [("MLQ401", "warning")]


@pytest.mark.parametrize(
    ("pattern", "path", "is_ignored"),
    [
        ("tests/**", "tests/deep/a.py", True),
        ("tests/", "tests/deep/a.py", True),
        ("a.py", "deep/a.py", True),
        ("/a.py", "deep/a.py", False),
        ("*.mlq", "deep/a.mlq", True),
        ("tests/*.py", "tests/a.mlq", False),
        ("!src/", "tests/a.py", True),
        ("!src/", "src/a.py", False),
    ],
)
def test_patterns_are_those_of_gitignore_from_where_the_file_says_them(
    pattern: str, path: str, is_ignored: bool
) -> None:
    settings = from_file(per_file_ignores={pattern: ["MLQ4"]})

    found = selection_for(settings, ROOT / path, Path("/elsewhere"))

    assert ("MLQ401" not in [code for code, _ in shown(found)]) == is_ignored


def test_what_is_excluded_is_so_with_all_that_is_in_it() -> None:
    settings = from_file(exclude=["legacy/"], extend_exclude=["*_pb2.py"])

    assert is_excluded(settings, ROOT / "src/legacy/a.py", ROOT)
    assert is_excluded(settings, ROOT / "src/legacy", ROOT, is_folder=True)
    assert is_excluded(settings, ROOT / "a_pb2.py", ROOT)
    assert not is_excluded(settings, ROOT / "legacy", ROOT), "a file of that name"
    assert not is_excluded(settings, ROOT / "a.py", ROOT)


def test_nothing_is_shown_of_what_is_not_to_be_checked() -> None:
    assert shown(NOTHING) == []
