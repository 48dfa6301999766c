"""Which files a run of `mlq-check` is about, and how each is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mlq.cli.checked import UncheckableError
from mlq.cli.files import Source, read_file, source_of
from mlq.cli.options import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlq.cli.configured import Configured
    from mlq.cli.options import Options

Read = Callable[[str], Source]
Warn = Callable[[str, str], None]


def files(options: Options, configured: Configured, warn: Warn) -> Iterator[tuple[str, Read]]:
    """Yield the files that the paths name, each once, with what reads it; `-` is none of them.

    `warn(path, why)` hears of what cannot be looked into.
    """
    reader = _reader(options)
    seen: set[str] = set()
    folders: dict[str, str] = {}
    for path in options.paths:
        for file in _of(path, configured, warn) if path != STDIN else ():
            real = _real(file, folders)
            if real in seen:
                continue
            seen.add(real)
            try:
                read = reader(file)
            except UncheckableError as error:
                warn(path, str(error))
                break
            if read:
                yield file, read


def _real(path: str, folders: dict[str, str]) -> str:
    """Return the one path of a file that may have several; `folders` remembers those of folders."""
    if os.path.islink(path):  # noqa: PTH114 (a Path for each file costs more than the rest)
        return os.path.realpath(path)
    folder, name = os.path.split(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)  # noqa: PTH118 (likewise)


def stays_out(path: str, configured: Configured) -> bool:
    """Whether a path that is named is excluded all the same."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 (a Path would keep `..`)
    if not configured.of(absolute.parent).force_exclude:
        return False
    places = (place for place in (absolute, *absolute.parents) if place != place.parent)
    return any(configured.excludes(place, is_folder=place.is_dir()) for place in places)


def _of(path: str, configured: Configured, warn: Warn) -> Iterable[str]:
    """Return the files that a path names: itself, or what a folder holds."""
    if stays_out(path, configured):
        return []
    if not Path(path).is_dir():
        return [path]
    from mlq.cli.walk import walk

    return walk(path, configured, warn)


def _reader(options: Options) -> Callable[[str], Read | None]:
    """Return what says how a file is read, None for a file that is not asked about."""
    if options.since is None and not options.staged:
        return lambda _: read_file
    from mlq.cli import git  # needs a process, which takes its time to import

    if options.since is None:
        return partial(_staged, git.Staged().content)
    changed = git.Changed(options.since)
    return lambda path: read_file if path in changed else None


def _staged(content: Callable[[str], bytes | None], path: str) -> Read | None:
    data = content(path)
    return None if data is None else lambda name: source_of(name, data)
