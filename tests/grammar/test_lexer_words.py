"""The committed table of words is what its script makes of the installed sqlparse."""

from __future__ import annotations

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "oracle" / "make_words.py"


def test_the_table_of_words_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("make_words", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.TARGET.read_text(encoding="utf-8") == script.module()
