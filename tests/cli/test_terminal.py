"""Whoever forgets to send a text in is told so; a program that waits in silence looks as if it hung."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support.cli import run_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Standard input is a terminal at which nobody types."""
    controller, device = os.openpty()
    with os.fdopen(device, encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        yield
    os.close(controller)


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "-"],
        ["check", "-", "--stdin-filename", "train.py"],
        ["check", "-", "--list"],
        ["check", "-", "--fix"],
        ["check", "--jsonl"],
        ["explain"],
    ],
    ids=" ".join,
)
def test_a_terminal_is_refused(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    result = run_here(monkeypatch, capsys, tmp_path, *arguments)

    assert (result.status, result.out) == (2, "")
    assert "standard input is a terminal; send a text into it with | or <" in result.err
