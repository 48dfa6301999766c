"""Every example of the README, run."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import mlq
import pytest
from mlq.findings import apply
from mlq.settings import OPTIONS
from support import cli

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SAMPLE = """\
import mlflow

mlflow.search_runs(
    experiment_names=["churn"],
    filter_string="params.batch_size = 32",
)
"""


def _examples() -> list[tuple[str, str]]:
    section = README.partition("## What it finds")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`+)(.+?)\1 \| (`+)(.+?)\3 \|", section, re.MULTILINE)
    return [(wrong, right) for _, wrong, _, right in rows]


def test_there_are_examples() -> None:
    assert len(_examples()) > 5


@pytest.mark.parametrize(("wrong", "right"), _examples())
def test_what_it_finds_is_found_and_mended_as_promised(wrong: str, right: str) -> None:
    (finding,) = mlq.check(wrong)

    assert apply(finding.fixes[0].edits, wrong) == right
    assert mlq.check(right) == []


def test_the_command_line_answers_as_shown(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(SAMPLE)
    shown = re.search(r"```console\n\$ mlq-check (.+?)\n(.+?)```", README, re.DOTALL)
    assert shown

    result = cli.check(*shown[1].split(), cwd=tmp_path)

    said = (result.out + result.err).splitlines()
    for line, expected in zip(said, shown[2].splitlines(), strict=True):
        start, _, end = expected.partition("…")
        assert line == expected or (line.startswith(start) and line.endswith(end))


def test_the_commands_of_the_table_are_there(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(SAMPLE)
    section = README.partition("## The command line")[2].partition("## ")[0]
    options = set(re.findall(r"--[a-z][a-z-]+", section))

    helps = [cli.run("mlq", command, "--help").out for command in ("keys", "explain")]
    offered = "".join([cli.check("--help").out, *helps])
    assert options
    assert all(option in offered for option in options)


def test_the_python_examples_do_what_they_show() -> None:
    example = re.search(r"```python\n(.+?)```", README, re.DOTALL)
    assert example

    case = doctest.DocTestParser().get_doctest(example[1], {}, "README.md", None, 0)
    said: list[str] = []
    outcome = doctest.DocTestRunner().run(case, out=said.append)

    assert outcome.attempted > 2
    assert not outcome.failed, "".join(said)


def test_every_setting_of_a_project_is_shown() -> None:
    shown = README.partition("## Settings")[2]

    for option in OPTIONS:
        assert option.is_clients or f"\n{option.name} = " in shown


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (Path(__file__).parents[1] / target).exists(), target
