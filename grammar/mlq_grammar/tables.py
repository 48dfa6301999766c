"""The TOML tables that come with the package, each read once."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "dialects"


@cache
def table(name: str) -> dict[str, Any]:
    """Return the table of an entity, or that of the sentences: `messages`. It must not be changed."""
    toml = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    read: dict[str, Any] = toml.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return read
