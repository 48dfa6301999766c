"""`mlq completions`: the scripts complete what there is, in the shells themselves."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from mlq.cli.main import COMMANDS, main
from mlq.rules.page import ALL_RULES

if TYPE_CHECKING:
    from pathlib import Path

CODES = sorted(rule.code for rule in ALL_RULES)


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Path:
    """The script of a shell, in a folder with one file."""
    shell: str = request.param
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell}")
    assert main(["completions", shell]) == 0
    path = tmp_path / "script"
    path.write_text(capsys.readouterr().out)
    (tmp_path / "a file.py").write_text("")
    return path


in_bash = pytest.mark.parametrize("script", ["bash"], indirect=True)
in_zsh = pytest.mark.parametrize("script", ["zsh"], indirect=True)
in_fish = pytest.mark.parametrize("script", ["fish"], indirect=True)


def _bash(script: Path, *words: str) -> list[str]:
    program = (
        'source ./script; words=("$@"); COMP_WORDS=("${words[@]}"); COMP_CWORD=$((${#words[@]} - 1)); '
        "_mlq; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(["bash", "--norc", "-eu", "-c", program, "bash", *words], cwd=script.parent,
                          capture_output=True, check=True, text=True)  # fmt: skip
    assert done.stderr == ""
    return done.stdout.splitlines()


@in_bash
def test_bash_completes_commands_options_values_and_files(script: Path) -> None:
    assert _bash(script, "mlq", "") == list(COMMANDS)
    assert _bash(script, "mlq", "ch") == ["check"]
    assert _bash(script, "mlq", "check", "--output-f") == ["--output-format", "--output-file"]
    assert _bash(script, "mlq-check", "--output-format", "j") == ["json", "jsonl", "junit"]
    assert _bash(script, "mlq", "check", "--entity", "prom") == ["prompts"]
    assert _bash(script, "mlq-check", "a") == ["a file.py"]
    assert _bash(script, "mlq-check", "--output-file", "") == ["a file.py", "script"]
    assert sorted(_bash(script, "mlq", "rule", "MLQ")) == CODES
    assert sorted(_bash(script, "mlq-check", "--ignore", "MLQ")) == CODES
    assert _bash(script, "mlq-check", "--since", "") == [""], "git knows them, and not we"
    assert _bash(script, "/usr/bin/mlq", "completions", "") == ["bash", "zsh", "fish"]


@in_zsh
def test_zsh_reads_the_script(script: Path) -> None:
    program = (
        "autoload -U compinit && compinit -u -D && source ./script && print $_comps[mlq] $_comps[mlq-check]"
    )
    done = subprocess.run(["zsh", "-f", "-c", program], cwd=script.parent, capture_output=True, text=True,
                          check=True)  # fmt: skip

    assert (done.stdout, done.stderr) == ("_mlq _mlq\n", "")


def _fish(script: Path, line: str) -> list[str]:
    program = f"source ./script; complete -C '{line}'"
    done = subprocess.run(["fish", "--no-config", "-c", program], cwd=script.parent, capture_output=True,
                          check=True, text=True)  # fmt: skip
    return [found.partition("\t")[0] for found in done.stdout.splitlines()]


@in_fish
def test_fish_completes_commands_options_and_values(script: Path) -> None:
    assert set(COMMANDS) <= set(_fish(script, "mlq "))
    assert _fish(script, "mlq check --output-f") == ["--output-file", "--output-format"]
    assert _fish(script, "mlq-check --output-format j") == ["json", "jsonl", "junit"]
    assert set(CODES) <= set(_fish(script, "mlq rule MLQ"))
