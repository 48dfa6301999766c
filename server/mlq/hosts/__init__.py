"""Where filters hide: one module per kind of file, each with `regions(text)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlq.hosts.region import FilterRegion


def _python(text: str) -> tuple[FilterRegion, ...]:
    from mlq.hosts import python

    return python.regions(text)


def _mlq(text: str) -> tuple[FilterRegion, ...]:
    from mlq.hosts import queryfile

    return queryfile.regions(text)


# By LSP's language identifier. A host is imported when its first file comes.
HOSTS: dict[str, Callable[[str], tuple[FilterRegion, ...]]] = {
    "python": _python,
    "mlq": _mlq,
}
SUFFIXES = {".py": "python", ".pyi": "python", ".pyw": "python", ".mlq": "mlq"}


def language_of(path: str) -> str | None:
    """Return the language of a file by its name; None where no host reads such files."""
    name = path.rstrip(">")
    return next((language for suffix, language in SUFFIXES.items() if name.endswith(suffix)), None)


def find_regions(text: str, language: str) -> tuple[FilterRegion, ...]:
    """Return the filters of a text in order; none for a language that no host reads. Never raises."""
    find = HOSTS.get(language)
    return find(text) if find else ()


def find_filters(source: str, *, path: str = "<string>.py") -> list[FilterRegion]:
    """Return the filters of a source text in order; the path's suffix says what kind of file it is."""
    return list(find_regions(source, language_of(path) or ""))
