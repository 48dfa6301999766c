"""The modules that a Python file imports, as texts: whoever reads them hands them over with the file."""

from __future__ import annotations

from typing import NamedTuple


class Module(NamedTuple):
    """The text of a module, and the modules that it imports in turn."""

    text: str
    imports: Modules = ()


Modules = tuple[tuple[str, Module], ...]
"""Modules by how they are named in the file that imports them: `filters`, `.filters`, `package.filters`."""


def wanted(text: str, language: str) -> tuple[str, ...]:
    """Return the names of the modules that may hold filters of a file; none where it searches nothing."""
    if language != "python":
        return ()
    from mlq.hosts.python import is_worth_parsing
    from mlq.hosts.python.imported import names

    return names(text) if is_worth_parsing(text) else ()
