"""Where filters hide: one module per kind of file."""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing would cost more than the rest of this module

if TYPE_CHECKING:
    from typing import Protocol

    from mlq.hosts.region import FilterRegion

    class Host(Protocol):
        """What each host's module has. Nothing in it raises, whatever the text."""

        def regions(self, text: str) -> tuple[FilterRegion, ...]:
            """Return the filters of a text in order."""

        def region_at(self, text: str, offset: int) -> FilterRegion | None:
            """Return the filter that a cursor stands in, blanks included that belong to none of `regions`."""


# By LSP's language identifier. A host is imported when its first file comes.
_HOSTS = {"python": "mlq.hosts.python", "mlq": "mlq.hosts.queryfile"}
_LANGUAGES = {".py": "python", ".pyi": "python", ".pyw": "python", ".mlq": "mlq"}


def language_of(path: str) -> str | None:
    """Return the language of a file by its name's suffix; None where no host reads such files."""
    return next((language for suffix, language in _LANGUAGES.items() if path.endswith(suffix)), None)


def find_regions(text: str, language: str) -> tuple[FilterRegion, ...]:
    """Return the filters of a text in order; none for a language that no host reads. Never raises."""
    host = _host(language)
    return host.regions(text) if host else ()


def region_at(text: str, language: str, offset: int) -> FilterRegion | None:
    """Return the filter to complete at an offset: longer by blanks than the one found, or yet to come."""
    host = _host(language)
    return host.region_at(text, offset) if host else None


def explain(text: str, language: str, line: int) -> tuple[str, ...]:
    """Return sentences on why the strings of a line, counted from 1, are checked or not. Never raises."""
    if language == "python":
        from mlq.hosts.python.explain import explain as of_python

        return of_python(text, line)
    found = [region for region in find_regions(text, language) if region.line == line]
    entities = [region.entity.replace("_", " ") for region in found]
    checked = tuple(f"Checked as a filter of {entity}." for entity in entities)
    return checked or ("Not checked: no filter begins on this line.",)


def find_filters(source: str, *, path: str = "<string>.py") -> list[FilterRegion]:
    """Return the filters of a source text in order; the path's suffix says what kind of file it is."""
    return list(find_regions(source, language_of(path) or ""))


def _host(language: str) -> Host | None:
    module = _HOSTS.get(language)
    if module is None:
        return None
    from importlib import import_module

    host: Host = import_module(module)
    return host
