"""Which MLflow judges a file: what the command line says, else the nearest `[tool.mlq]`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Versions:
    """Looks each folder up once; `fail(path, reason)` hears of settings that cannot be used."""

    given: str | None
    fail: Callable[[str, str], None]
    known: dict[Path, str | None] = field(default_factory=dict)

    def of(self, path: str) -> str | None:
        """Return the version for a file or folder; None means the newest known."""
        if self.given:
            return self.given
        folder = Path(path).absolute().parent if path != "." else Path.cwd()
        if folder not in self.known:
            self.known[folder] = self._load(folder)
        return self.known[folder]

    def _load(self, folder: Path) -> str | None:
        from mlq import settings

        found, problems = settings.load(folder)
        for problem in problems:
            self.fail(problem.origin, problem.message)
        return found.mlflow_version or None
