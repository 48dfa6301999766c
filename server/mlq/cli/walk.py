"""Which files a folder holds for us: all that git would not ignore and that nobody keeps hidden."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mlq.cli.files import is_script
from mlq.hosts.languages import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pathspec import GitIgnoreSpec

    from mlq.cli.configured import Configured

SKIPPED = frozenset(
    {"__pycache__", "__pypackages__", "mlartifacts", "mlruns", "node_modules", "site-packages"}
)
"""Folders that hold what tools made or other people wrote; hidden ones are skipped as well."""

ENVIRONMENT_MARKS = frozenset({"pyvenv.cfg", "conda-meta"})
"""What tells a virtual environment, whatever its name."""


@dataclass(frozen=True, slots=True)
class _Ignores:
    """The patterns of one ignore file; `prefix` leads from its folder down to `folder`, which we walk."""

    folder: str
    prefix: Path
    spec: GitIgnoreSpec

    def verdict(self, path: str, *, is_folder: bool) -> bool | None:
        """Whether the path is ignored; None where no pattern speaks of it."""
        relative = (self.prefix / os.path.relpath(path, self.folder)).as_posix()
        return self.spec.check_file(relative + "/" if is_folder else relative).include


def walk(folder: str, configured: Configured, warn: Callable[[str, str], None]) -> Iterator[str]:
    """Yield the paths of the files to check, sorted in each folder; call `warn(path, why)` for a closed one.

    A folder that people name themselves is walked even where git ignores it or the settings exclude it.
    """
    absolute = Path(os.path.abspath(folder))  # noqa: PTH100 (a Path would keep `..`)
    above = _ignores_above(folder) if configured.of(absolute).respect_gitignore else ()
    if _is_ignored(folder, above, is_folder=True):
        above = ()
    heeds_excludes = not configured.excludes(absolute, is_folder=True)
    return _Walk(configured, warn, heeds_excludes).files(folder, absolute, above)


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk down a folder that somebody named."""

    configured: Configured
    warn: Callable[[str, str], None]
    heeds_excludes: bool

    def files(
        self, folder: str, absolute: Path, ignores: tuple[_Ignores, ...], *, is_within: bool = False
    ) -> Iterator[str]:
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self.warn(folder, (error.strerror or str(error)).lower())
            return
        names = {entry.name for entry in entries}
        if is_within and not names.isdisjoint(ENVIRONMENT_MARKS):
            return
        settings = self.configured.of(absolute, names)
        has_excludes = self.heeds_excludes and bool(settings.exclude or settings.extend_exclude)
        if ".gitignore" in names and settings.respect_gitignore:
            ignores = (*ignores, *_ignores_in(folder, Path(folder, ".gitignore"), Path()))
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if _is_skipped(entry) if is_folder else not _is_ours(entry):
                continue
            path = _joined(folder, entry.name)
            if ignores and _is_ignored(path, ignores, is_folder=is_folder):
                continue
            if has_excludes and self.configured.excludes(absolute / entry.name, is_folder=is_folder):
                continue
            if is_folder:
                yield from self.files(path, absolute / entry.name, ignores, is_within=True)
            else:
                yield path


def _joined(folder: str, name: str) -> str:
    return name if folder == os.curdir else os.path.join(folder, name)  # noqa: PTH118 (a Path would drop `..`)


def _is_ours(entry: os.DirEntry[str]) -> bool:
    suffix = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122 (a Path for each file costs more than the rest)
    if (suffix and suffix not in SUFFIXES) or entry.name.startswith(".") or not entry.is_file():
        return False
    return bool(suffix) or _is_script(entry)


def _is_script(entry: os.DirEntry[str]) -> bool:
    """Whether a file without a suffix is a script: one that may be run, and says by what."""
    try:
        may_run = entry.stat().st_mode & stat.S_IXUSR
    except OSError:
        return False
    return bool(may_run) and is_script(entry.path)


def _is_skipped(entry: os.DirEntry[str]) -> bool:
    return entry.name.startswith(".") or entry.name in SKIPPED


def _is_ignored(path: str, ignores: tuple[_Ignores, ...], *, is_folder: bool) -> bool:
    """Ask the nearest ignore file first, as git does."""
    verdicts = (ignore.verdict(path, is_folder=is_folder) for ignore in reversed(ignores))
    return next((verdict for verdict in verdicts if verdict is not None), False)


def _ignores_above(folder: str) -> tuple[_Ignores, ...]:
    """Return the patterns of the folder's repository, the top's first, down to the folder's parent."""
    here = Path(folder).resolve()
    top = next((place for place in (here, *here.parents) if (place / ".git").exists()), None)
    if top is None:
        return ()
    between = [place for place in reversed(here.parents) if place.is_relative_to(top)]
    return (
        *_ignores_in(folder, top / ".git/info/exclude", here.relative_to(top)),
        *(
            ignores
            for place in between
            for ignores in _ignores_in(folder, place / ".gitignore", here.relative_to(place))
        ),
    )


def _ignores_in(folder: str, file: Path, prefix: Path) -> tuple[_Ignores, ...]:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    from pathspec import GitIgnoreSpec  # costs more to import than most folders to walk

    return (_Ignores(folder, prefix, GitIgnoreSpec.from_lines(lines)),)
