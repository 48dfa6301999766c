"""SECURITY.md: each line of the threat model names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| .+ \| .+ \| `(tests/[\w/]+\.py)`: (.+) \|$", re.MULTILINE)


def test_each_threat_names_tests_that_exist() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = ROW.findall(text)
    assert len(rows) == text.count("\n| ") - 1 >= 10
    for file, names in rows:
        tests = set(re.findall(r"^(?:async )?def (test_\w+)", (ROOT / file).read_text("utf-8"), re.MULTILINE))
        named = set(re.findall(r"`(test_\w+)`", names))
        assert named
        assert named <= tests, file
