"""What the settings are: the values in force, the layers they come from, and what is wrong in these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from mlq.settings.options import NONE

if TYPE_CHECKING:
    from mlq.settings.kinds import Level

DEFAULT = "default"
CONFIGURATION = "workspace/configuration"
INITIALIZATION = "initializationOptions"
COMMAND_LINE = "command line"

_EDITORS = frozenset({CONFIGURATION, INITIALIZATION})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force; `origins` tells for each that is not a default where it was set.

    `folders` tells for those of files where their patterns and relative paths start.
    """

    tracking_uri: str = ""
    experiments: tuple[str, ...] = ()
    mlflow_version: str = ""
    keys: str = ""
    connect: bool = True
    match_counts: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NONE)
    severity: Mapping[str, Level] = field(default_factory=lambda: NONE)
    filter_keys: Mapping[str, str] = field(default_factory=lambda: NONE)
    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    respect_gitignore: bool = True
    trust_workspace: bool = False
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    folders: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    def origin(self, name: str) -> str:
        """Return where a setting (`tracking-uri`) was set: an editor's request, a file, or "default"."""
        return self.origins.get(name, DEFAULT)

    def source(self, name: str) -> str:
        """Return where a setting was set, for people: "from [tool.mlq] in pyproject.toml"."""
        origin = self.origin(name)
        if origin in _EDITORS:
            return "from the editor's settings"
        if origin == COMMAND_LINE:
            return f"from --{name}"
        file = Path(origin).name
        return f"from [tool.mlq] in {file}" if file == "pyproject.toml" else f"from {file}"

    def folder(self, name: str, workspace: Path) -> Path:
        """Return where a setting's patterns and relative paths start: beside the file that says it, if so."""
        return self.folders.get(name, workspace)

    def is_of_file(self, name: str) -> bool:
        """Whether a setting is the word of a file of the workspace, not the person's."""
        return self.origin(name) not in {DEFAULT, COMMAND_LINE, *_EDITORS}


@dataclass(frozen=True, slots=True)
class Problem:
    """A setting that cannot be used, said for people; the setting keeps its next best value."""

    origin: str
    message: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.message}"


@dataclass(frozen=True, slots=True)
class Layer:
    """What one source says, unchecked. `is_clients` tells the client's own word from a workspace file's."""

    origin: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    is_clients: bool = True
    folder: Path | None = None
