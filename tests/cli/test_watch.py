"""`--watch` checks again after each change, and the line of progress comes and goes."""

from __future__ import annotations

import signal
import subprocess
from typing import TYPE_CHECKING

from mlq.cli.progress import Progress
from mlq.cli.watch import snapshot
from support import cli

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_change_is_checked_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    path = tmp_path / "a.mlq"
    path.write_text("params.a = 32")
    process = subprocess.Popen(
        [cli.BIN / "mlq-check", "--watch", "--output-format", "concise"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Where the tests run in a shell's background, Ctrl-C is ignored, which a process inherits.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stderr
    try:
        assert process.stderr.readline() == "1 filter in 1 file: 1 error\n"
        assert process.stderr.readline().startswith("Watching for changes")
        path.write_text("params.a = '32'")
        assert process.stderr.readline() == "1 filter in 1 file: nothing to complain about\n"
        assert process.stderr.readline().startswith("Watching for changes")
        (tmp_path / "mlq.toml").write_text('exclude = ["a.mlq"]\n')
        assert process.stderr.readline() == "0 filters in 1 file: nothing to complain about\n"
        assert process.stderr.readline().startswith("Watching for changes")
    finally:
        process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert out.startswith("a.mlq:1:12: error[MLQ401]")
    assert "\033" not in out, "only a terminal is cleared"


def test_settings_above_the_files_are_watched(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    path = tmp_path / "src/a.mlq"
    path.write_text("")
    before = snapshot([str(path)])

    (tmp_path / "pyproject.toml").write_text("")

    assert snapshot([str(path)]) != before


def test_progress_takes_its_line_back(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(is_shown=True, _due=0)
    progress.begin("src/a\033[2J.py")
    assert capsys.readouterr().err == "\r\033[K1 files, src/a␛[2J.py"

    progress.begin("src/b.py")
    assert capsys.readouterr().err == "", "not at every file"
    progress.clear()
    progress.clear()
    assert capsys.readouterr().err == "\r\033[K"


def test_progress_waits_and_is_for_terminals(capsys: pytest.CaptureFixture[str]) -> None:
    for progress in (Progress(is_shown=True), Progress()):
        progress.begin("a.py")
        progress.clear()

    assert capsys.readouterr().err == ""
