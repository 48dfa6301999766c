"""Fixtures for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.cli import Here

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Here:
    """`mlq-check` in this process, in an empty folder."""
    return Here(tmp_path, monkeypatch, capsysbinary)
