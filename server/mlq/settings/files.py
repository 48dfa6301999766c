"""The files that hold settings: the nearest `mlq.toml`, or `pyproject.toml` with a table for mlq."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

from mlq.settings.resolving import resolve
from mlq.settings.values import Layer, Problem, Settings

PYPROJECT = "pyproject.toml"
FILES = ("mlq.toml", PYPROJECT)
"""The names of files that hold settings; in one folder, the first that is there counts."""


def nearest_layer(start: Path) -> tuple[Layer | None, list[Problem]]:
    """Return what the nearest file of settings says, in or above a folder or file.

    A file that cannot be read or parsed is a problem, and ends the search as ruff's and mypy's does.
    """
    for folder in (start, *start.parents):
        layer, problems = configuration_file(folder)
        if layer or problems:
            return layer, problems
    return None, []


def configuration_file(folder: Path) -> tuple[Layer | None, list[Problem]]:
    """Return what the settings file of one folder says; neither a layer nor a problem where there is none."""
    for name in FILES:
        path = folder / name
        try:
            content = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            return None, [_unreadable(path, error)]
        layer, problems = _layer(path, content)
        if layer or problems:
            return layer, problems
    return None, []


def file_layer(path: Path) -> tuple[Layer | None, list[Problem]]:
    """Return what a file that the person names says; a `pyproject.toml` has to have a table for mlq."""
    try:
        layer, problems = _layer(path, path.read_bytes())
    except OSError as error:
        return None, [_unreadable(path, error)]
    if not layer and not problems:
        problems = [Problem(str(path), "has no table [tool.mlq]")]
    return layer, problems


def load(start: Path) -> tuple[Settings, list[Problem]]:
    """Return the settings of a folder or file outside of any editor: the nearest file's and the defaults."""
    layer, problems = nearest_layer(start.absolute())
    settings, more = resolve([layer] if layer else [])
    return settings, problems + more


def problems_in(path: Path, text: str) -> list[Problem]:
    """Return what is wrong in a file of settings that holds this text, such as one that is being edited."""
    layer, problems = _layer(path, text.encode("utf-8", "replace"))
    return problems + resolve([layer] if layer else [])[1]


def _layer(path: Path, content: bytes) -> tuple[Layer | None, list[Problem]]:
    is_pyproject = path.name == PYPROJECT
    if is_pyproject and b"mlq" not in content:
        return None, []
    # Only few runs meet a table for mlq; type checkers see neither module where the other is the one to have.
    tomllib = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        table: Any = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return None, [Problem(str(path), f"is not valid TOML: {error}")]
    if is_pyproject:
        tool = table.get("tool")
        table = tool.get("mlq") if isinstance(tool, dict) else None
    if table is None:
        return None, []
    if not isinstance(table, dict):
        return None, [Problem(str(path), "[tool.mlq] must be a table")]
    return Layer(str(path), table, is_clients=False, folder=path.parent), []


def _unreadable(path: Path, error: OSError) -> Problem:
    return Problem(str(path), f"cannot be read: {error.strerror}")
