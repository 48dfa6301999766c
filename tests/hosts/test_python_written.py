"""Files as people write them, each with the filters that a reader sees in it.

`written.txt` holds them: `### title`, one `#= filter` for each, with its entity unless it is runs, the file.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mlq.hosts import find_filters

WRITTEN = Path(__file__).with_name("written.txt").read_text(encoding="utf-8")
_EXPECTED = re.compile(r"^#= (.*)\n", re.MULTILINE)
CASES = dict(case.split("\n", 1) for case in WRITTEN.split("### ")[1:])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_a_reader_sees_is_found_and_nothing_else(case: str) -> None:
    source = _EXPECTED.sub("", case)

    found = [
        region.text if region.entity == "runs" else f"{region.entity}: {region.text}"
        for region in find_filters(source)
    ]

    assert sorted(found) == sorted(text.replace("\\n", "\n") for text in _EXPECTED.findall(case))
