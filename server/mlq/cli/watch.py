"""`--watch`: check again whenever a file has changed.

The files are looked at twice a second, which any system and any network folder allows.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from mlq.cli import guard
from mlq.settings import FILES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PAUSE = 0.5
"""The seconds between two looks; longer where one look takes long."""

Snapshot = dict[str, tuple[int, int, int]]


def repeat(run: Callable[[], object], files: Callable[[], Iterable[str]]) -> int:
    """Run at once, and again after each change of the files and of their settings, until Ctrl-C."""
    try:
        while True:
            # Taken first, so that what changes during the run is seen.
            before = snapshot(files())
            _clear()
            run()
            print("Watching for changes; Ctrl-C ends it.", file=sys.stderr, flush=True)
            _wait(before, files)
    except KeyboardInterrupt:
        return guard.NOTHING_WRONG


def _wait(before: Snapshot, files: Callable[[], Iterable[str]]) -> None:
    while True:
        began = time.monotonic()
        if snapshot(files()) != before:
            return
        time.sleep(max(PAUSE, 4 * (time.monotonic() - began)))


def snapshot(files: Iterable[str]) -> Snapshot:
    """Return what tells whether a file has changed, for the files and the settings above them."""
    found: Snapshot = {}
    folders: set[Path] = set()
    for name in files:
        _look(name, found)
        folders.add(Path(name).absolute().parent)
    folders |= {above for folder in folders for above in folder.parents}
    for folder in folders:
        for name in FILES:
            _look(str(folder / name), found)
    return found


def _look(name: str, found: Snapshot) -> None:
    try:
        status = os.stat(name)  # noqa: PTH116 (a Path for each file is slow)
    except OSError:
        return
    found[name] = (status.st_mtime_ns, status.st_size, status.st_ino)


def _clear() -> None:
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        print("\033[2J\033[H", end="", flush=True)
