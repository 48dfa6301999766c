"""`mlq COMMAND`."""

from __future__ import annotations

import pytest
from mlq.cli.main import COMMANDS
from mlq.rules.page import ALL_RULES
from support import cli


def test_help_lists_every_command_and_every_command_has_help() -> None:
    listed = cli.run("mlq", "--help").out

    for name in COMMANDS:
        assert f"\n  {name}" in listed
        assert cli.run("mlq", name, "--help").out.startswith(f"usage: mlq {name}")


def test_check_is_mlq_check() -> None:
    ours = cli.run("mlq", "check", "--filter", "params.a = 1")
    theirs = cli.check("--filter", "params.a = 1")

    assert (ours.status, ours.out) == (theirs.status, theirs.out) == (1, ours.out)


def test_an_unknown_command_is_refused() -> None:
    result = cli.run("mlq", "format")

    assert (result.status, result.out) == (2, "")
    assert "invalid choice: 'format'" in result.err


def test_every_rule_has_a_page_by_code_and_by_name() -> None:
    listed = cli.run("mlq", "rule").out

    assert [line.split()[0] for line in listed.splitlines()] == [rule.code for rule in ALL_RULES]
    by_code = cli.run("mlq", "rule", "mlq401")
    assert by_code.out.startswith("# MLQ401 param-not-text\n")
    assert cli.run("mlq", "rule", "param-not-text") == by_code


def test_an_unknown_rule_is_said() -> None:
    result = cli.run("mlq", "rule", "MLQ000")

    assert (result.status, result.err) == (2, "mlq rule: there is no rule MLQ000; `mlq rule` lists all\n")
    for close in ("401", "MQL401", "param-no-text"):
        assert "did you mean MLQ401 (param-not-text)?" in cli.run("mlq", "rule", close).err


@pytest.mark.parametrize("package", ["mlq", "Python", "lark", "pygls", "mlflow"])
def test_version_names_what_a_bug_report_needs(package: str) -> None:
    assert any(line.startswith(f"{package} ") for line in cli.run("mlq", "version").out.splitlines())
