"""Reads the modules of a workspace that a file imports, so that the filters in them are known."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from mlq.hosts.modules import Module, Modules, wanted
from mlq.hosts.python.imported import names
from mlq.versions.project import project_folders

_LARGEST = 200_000  # bytes of a module
_MOST = 30  # modules of a file, with what they import in turn
_DEEPEST = 3


def modules_of(text: str, language: str, path: str) -> Modules:
    """Return the modules of its project that a file imports; none where it searches nothing."""
    asked = wanted(text, language) if path else ()
    if not asked:
        return ()
    file = Path(path).absolute()
    return _Reading(project_folders(file.parent)).imports(asked, file, ())


class _Reading:
    """Reads modules, up to a number of them, each at most once on a way: imports may go round in circles."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._roots = tuple(root for folder in folders for root in (folder, folder / "src"))
        self._left = _MOST
        self._listed: dict[Path, frozenset[str]] = {}

    def imports(self, asked: tuple[str, ...], file: Path, way: tuple[Path, ...]) -> Modules:
        """Return those of the modules, named as the file names them, that can be read."""
        found: list[tuple[str, Module]] = []
        for name in asked if len(way) < _DEEPEST else ():
            place = self._place(name, file.parent)
            if place is None or place == file or place in way or self._left <= 0:
                continue
            text = _read(place, _modified(place))
            if text is not None:
                self._left -= 1
                found.append((name, Module(text, self.imports(names(text), place, (*way, file)))))
        return tuple(found)

    def _place(self, name: str, folder: Path) -> Path | None:
        dots = len(name) - len(name.lstrip("."))
        parts = [part for part in name.split(".") if part]
        roots = (folder, *folder.parents)[dots - 1 : dots] if dots else (folder, *self._roots)
        known = [root for root in roots if not parts or {parts[0], f"{parts[0]}.py"} & self._names_in(root)]
        places = (place for root in known for place in _places(root, parts))
        return next((place for place in places if _is_file(place)), None)

    def _names_in(self, folder: Path) -> frozenset[str]:
        """Return what a folder holds: asked once, most imports need no look at the disk."""
        if folder not in self._listed:
            try:
                self._listed[folder] = frozenset(os.listdir(folder))  # noqa: PTH208 (names alone)
            except OSError:
                self._listed[folder] = frozenset()
        return self._listed[folder]


def _places(root: Path, parts: list[str]) -> tuple[Path, ...]:
    module = root.joinpath(*parts)
    files = (module / "__init__.py",)
    return (module.with_name(f"{module.name}.py"), *files) if parts else files


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


@lru_cache(maxsize=256)
def _read(path: Path, modified: int) -> str | None:
    """Return the text of a module as of a time; None where it cannot be read, or is no module of people's."""
    del modified  # a part of the cache's key: another text may stand there later
    try:
        data = path.read_bytes()
        return data.decode() if len(data) <= _LARGEST else None
    except (OSError, UnicodeDecodeError):
        return None
