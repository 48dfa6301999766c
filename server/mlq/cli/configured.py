"""The settings of each folder on the command line: its arguments over the nearest file of settings."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mlq.settings import (
    COMMAND_LINE,
    FILES,
    Layer,
    Problem,
    Settings,
    configuration_file,
    file_layer,
    resolve,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from mlq.cli.overrides import Overrides
    from mlq.ide.selection import Selection
    from mlq.keys.index import KeyIndex


@dataclass(frozen=True, slots=True)
class Configured:
    """Reads each folder once; `fail(path, reason)` hears of settings that cannot be used."""

    overrides: Overrides
    fail: Callable[[str, str], None]
    _files: dict[Path, Layer | None] = field(default_factory=dict)
    _settings: dict[str, Settings] = field(default_factory=dict)
    _near: dict[str, Settings] = field(default_factory=dict)
    _pictures: dict[Path, Mapping[str, KeyIndex]] = field(default_factory=dict)

    def faults(self) -> list[Problem]:
        """Return what is wrong with the arguments, and with the file that they name."""
        _, problems = resolve([self._given()])
        if self.overrides.config:
            layer, more = file_layer(Path(self.overrides.config))
            problems += more + resolve([layer] if layer else [])[1]
        return problems

    def of(self, folder: Path, listing: Container[str] = FILES) -> Settings:
        """Return the settings of a folder, an absolute path; `listing` are the names in it, if known."""
        file = self._file(folder, listing)
        origin = file.origin if file else ""
        if origin not in self._settings:
            settings, problems = resolve([self._given(), *([file] if file else [])])
            self._settings[origin] = settings
            self._tell(problems)
        return self._settings[origin]

    def selection(self, path: str) -> Selection:
        """Return which rules report in a file."""
        from mlq.ide.selection import selection_for

        absolute = Path(os.path.abspath(path))  # noqa: PTH100 (a Path would keep `..`)
        return selection_for(self.of(absolute.parent), absolute, Path.cwd())

    def filter_keys(self, path: str) -> tuple[tuple[str, str], ...]:
        """Return the keys that the settings of a file call filters, with their entities."""
        return tuple(self._of_file(path).filter_keys.items())

    def keys(self, path: str) -> Mapping[str, KeyIndex]:
        """Return the recorded keys, by entity, that the settings of a file name; empty where they do not."""
        settings = self._of_file(path)
        if not settings.keys:
            return {}
        file = settings.folder("keys", Path.cwd()) / settings.keys
        if file not in self._pictures:
            self._pictures[file] = self._picture(file)
        return self._pictures[file]

    def _of_file(self, path: str) -> Settings:
        """Return the settings of a file's folder: asked of every file, so each folder is looked up once."""
        folder = os.path.dirname(path)  # noqa: PTH120 (a Path for each file costs more than the rest)
        if folder not in self._near:
            absolute = Path(os.path.abspath(path))  # noqa: PTH100 (a Path would keep `..`)
            self._near[folder] = self.of(absolute.parent)
        return self._near[folder]

    def _picture(self, file: Path) -> Mapping[str, KeyIndex]:
        from mlq.keys.picture import read_picture

        try:
            return read_picture(file.read_text(encoding="utf-8"))
        except OSError as error:
            self.fail(str(file), (error.strerror or str(error)).lower())
        except ValueError as error:
            self.fail(str(file), str(error))
        return {}

    def excludes(self, path: Path, *, is_folder: bool) -> bool:
        """Whether the settings of the folder that holds it exclude a file or folder, an absolute path."""
        from mlq.ide.selection import is_excluded

        return is_excluded(self.of(path.parent), path, Path.cwd(), is_folder=is_folder)

    def _given(self) -> Layer:
        return Layer(COMMAND_LINE, self.overrides.values, is_clients=False, folder=Path.cwd())

    def _file(self, folder: Path, listing: Container[str]) -> Layer | None:
        if folder not in self._files:
            self._files[folder] = self._read(folder, listing)
        return self._files[folder]

    def _read(self, folder: Path, listing: Container[str]) -> Layer | None:
        if self.overrides.isolated:
            return None
        if self.overrides.config:
            layer, _ = file_layer(Path(self.overrides.config))
            # As in other tools, the patterns of a file that serves several projects start where it is used.
            return layer and Layer(layer.origin, layer.values, is_clients=False, folder=Path.cwd())
        layer, problems = configuration_file(folder) if any(name in listing for name in FILES) else (None, [])
        self._tell(problems)
        is_last = layer or problems or folder.parent == folder
        return layer if is_last else self._file(folder.parent, FILES)

    def _tell(self, problems: list[Problem]) -> None:
        for problem in problems:
            self.fail(problem.origin, problem.message)
