"""What a project says of its MLflow: the folders that belong to it, and the clues in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.versions.choice import Chosen, Clue, choose
from mlq.versions.installed import installed
from mlq.versions.pins import pinned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def detect(
    folder: Path,
    environ: Mapping[str, str],
    *,
    workspace: Path | None = None,
    setting: Clue | None = None,
    server: Clue | None = None,
) -> Chosen:
    """Return the MLflow that judges the filters of a folder's files.

    A setting counts first, then the server that is connected, since it alone reads the filters; then what is
    installed, then what is pinned. The files of a folder count before those of the folders above it.
    """
    return choose(_clues(folder, environ, workspace, (setting, server)))


def _clues(
    folder: Path, environ: Mapping[str, str], workspace: Path | None, told: tuple[Clue | None, ...]
) -> Iterator[Clue | None]:
    """Yield what is told, then what is read: nothing is looked for that does not count."""
    yield from told
    folders = project_folders(folder, workspace)
    yield installed(folders, environ)
    yield from map(pinned, folders)


def project_folders(folder: Path, workspace: Path | None = None) -> tuple[Path, ...]:
    """Return a folder and those above it that are of the same project, the nearest first.

    The project is the Git repository; else it begins at the nearest `pyproject.toml`, or at the workspace
    that holds the folder, whichever is higher; where there is neither it is the folder alone.
    """
    above = (folder, *folder.parents)
    tops = [parent for parent in above if _exists(parent / ".git")][:1]
    if not tops:
        tops = [folder, *[parent for parent in above if _exists(parent / "pyproject.toml")][:1]]
        tops += [workspace] if workspace in above else []
    return above[: max(map(above.index, tops)) + 1]


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
