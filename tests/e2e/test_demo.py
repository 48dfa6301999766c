"""`make demo` shows the main job, as often as one likes, and leaves nothing outside its folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]


def _demo(folder: Path, home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "demo", folder],
        env={**os.environ, "PYTHONPATH": str(TESTS), "HOME": str(home), "TMPDIR": str(home)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_it_runs_twice_and_keeps_to_its_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()

    first = _demo(tmp_path / "demo", home)
    second = _demo(tmp_path / "demo", home)

    assert list(home.rglob("*")) == []
    assert "error[MLQ401]" in first
    assert "metric, 34 of 36 runs" in first
    assert "+    filter_string=\"params.batch_size = '32'\"," in first
    assert "Squiggles before: 11. After: 10." in first
    assert "from the last time" in second
    assert second.partition("2. ")[2] == first.partition("2. ")[2]
