"""Which MLflow judges a file: what its settings say, else what its project uses."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlq.cli.configured import Configured
    from mlq.versions.choice import Chosen, Clue


@dataclass(frozen=True, slots=True)
class Versions:
    """Looks each folder up once; `say(line)` hears of versions unknown to mlq."""

    configured: Configured
    say: Callable[[str], None]
    known: dict[Path, Chosen] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    def of(self, path: str) -> str:
        """Return the version for a file or folder."""
        return self.chosen(path).version

    def chosen(self, path: str) -> Chosen:
        """Return the version for a file or folder, and why it is this one."""
        folder = Path(path).absolute().parent if path != os.curdir else Path.cwd()
        if folder not in self.known:
            self.known[folder] = self._told(self._detect(folder))
        return self.known[folder]

    def set(self) -> Chosen:
        """Return the version that is set for the current folder, for filters that belong to no project."""
        from mlq.versions.choice import choose

        return self._told(choose((self._setting(Path.cwd()),)))

    def _detect(self, folder: Path) -> Chosen:
        setting = self._setting(folder)
        if setting is not None:
            from mlq.versions.choice import choose

            return choose((setting,))
        from mlq.versions.project import detect

        return detect(folder, os.environ, workspace=Path.cwd())

    def _setting(self, folder: Path) -> Clue | None:
        settings = self.configured.of(folder)
        if not settings.mlflow_version:
            return None
        from mlq.versions.choice import Clue

        return Clue(settings.mlflow_version, settings.source("mlflow-version"))

    def _told(self, chosen: Chosen) -> Chosen:
        if chosen.note and chosen.note not in self.said:
            self.said.add(chosen.note)
            self.say(chosen.note)
        return chosen
