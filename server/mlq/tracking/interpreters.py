"""Finds the interpreter of a project, where the drivers and plugins for its stores are; runs nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mlq.versions.installed import environments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PROGRAMS = ("bin/python", "Scripts/python.exe", "python.exe")


def interpreter(folders: Sequence[Path], environ: Mapping[str, str], *, trusted: bool) -> str:
    """Return the interpreter of the first environment that has one, or nothing.

    An environment in the project's folders is a program of its author: it counts once the project is trusted.
    Those that the person has made active always do.
    """
    active = [Path(path) for name in ("VIRTUAL_ENV", "CONDA_PREFIX") if (path := environ.get(name))]
    candidates = [*environments(folders, environ), *active] if trusted else active
    found = (place / program for place in candidates for program in _PROGRAMS)
    return next((str(program) for program in found if _is_file(program)), "")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
