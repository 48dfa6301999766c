"""The MLflow installed in a project's environment, read from its metadata; nothing is run or imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mlq_grammar.releases import is_version, numbers

from mlq.versions.choice import Clue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# `mlflow` holds the store's code where both are there.
_NAMES = ("mlflow", "mlflow_skinny", "mlflow_tracing")
_PACKAGES = ("lib/python3*/site-packages", "lib64/python3*/site-packages", "Lib/site-packages")
_MAX_BYTES = 65_536


def installed(folders: Sequence[Path], environ: Mapping[str, str]) -> Clue | None:
    """Return the MLflow of the first environment that has one: of the folders, or the active one."""
    places = environments(folders, environ)
    return next((clue for path in places if (clue := _in_environment(path, folders))), None)


def environments(folders: Sequence[Path], environ: Mapping[str, str]) -> list[Path]:
    """Return where the environments of a project may be, the likeliest first.

    `folders` are the project's, the nearest first; an active environment (`VIRTUAL_ENV`) comes after their
    `.venv` and `venv`, and before an `env`.
    """
    active = environ.get("VIRTUAL_ENV", "")
    places = [folder / name for folder in folders for name in (".venv", "venv")]
    places += [Path(active)] if active else []
    return [*places, *(folder / "env" for folder in folders)]


def _in_environment(environment: Path, folders: Sequence[Path]) -> Clue | None:
    for packages in _site_packages(environment):
        for name in _NAMES:
            version = _version(packages, name)
            if version:
                source = f"installed in {_shown(environment, folders)}"
                return Clue(version, source, _version(packages, "sqlparse") or "")
    return None


def _site_packages(environment: Path) -> list[Path]:
    try:
        return [path for pattern in _PACKAGES for path in sorted(environment.glob(pattern), reverse=True)]
    except OSError:
        return []


def _version(packages: Path, name: str) -> str | None:
    """Return the version of a distribution: the newest where an update left more than one behind."""
    try:
        found = [_stated(path / "METADATA") for path in packages.glob(f"{name}-*.dist-info")]
    except OSError:
        return None
    return max((version for version in found if is_version(version)), key=numbers, default=None)


def _stated(metadata: Path) -> str:
    """Return the version that a METADATA file states in its head, empty where it states none."""
    try:
        with metadata.open(encoding="utf-8", errors="replace") as file:
            head = file.read(_MAX_BYTES)
    except OSError:
        return ""
    for line in head.splitlines():
        if line.startswith("Version:"):
            return line.removeprefix("Version:").strip()
        if not line:
            break
    return ""


def _shown(environment: Path, folders: Sequence[Path]) -> str:
    """Name an environment as people see it: relative to the project, where it is inside."""
    for folder in folders:
        if environment.is_relative_to(folder):
            return environment.relative_to(folder).as_posix()
    return str(environment)
