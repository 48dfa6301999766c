"""The modules that a Python file imports, as texts: whoever reads them hands them over with the file."""

from __future__ import annotations

from typing import NamedTuple

_SEARCHING = frozenset({"python", "notebook", "ipython"})


class Module(NamedTuple):
    """The text of a module, and the modules that it imports in turn."""

    text: str
    imports: Modules = ()


Modules = tuple[tuple[str, Module], ...]
"""Modules by how they are named in the file that imports them: `filters`, `.filters`, `package.filters`."""


def wanted(text: str, language: str) -> tuple[str, ...]:
    """Return the names of the modules that may hold filters of a file; none where it searches nothing."""
    if language not in _SEARCHING:
        return ()
    from mlq.hosts import embeddings_of
    from mlq.hosts.python import is_worth_parsing
    from mlq.hosts.python.imported import names

    embedded = embeddings_of(text, language) if language != "python" else ()
    texts = [each.text for each in embedded if each.language == "python"] or [text]
    found = (name for each in texts if is_worth_parsing(each) for name in names(each))
    return tuple(dict.fromkeys(found))
