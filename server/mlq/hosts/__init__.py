"""Where filters hide: one module per kind of file, listed in `languages`."""

from __future__ import annotations

from mlq.hosts.languages import LANGUAGES, SUFFIXES

TYPE_CHECKING = False  # importing typing would cost more than the rest of this module

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from mlq_grammar.spans import Span

    from mlq.hosts.embedding import Embedding
    from mlq.hosts.keyed import FilterKeys
    from mlq.hosts.modules import Modules
    from mlq.hosts.region import FilterRegion


QUERIES = "mlq"
"""The language of query files."""


def language_of(path: str) -> str | None:
    """Return the language of a file by its name's suffix; None where no host reads such files."""
    name = path.lower()
    return next((language for suffix, language in SUFFIXES.items() if name.endswith(suffix)), None)


def find_regions(
    text: str, language: str, modules: Modules = (), keys: FilterKeys = ()
) -> tuple[FilterRegion, ...]:
    """Return the filters of a text in order; none for a language that no host reads. Never raises.

    `modules` are those that a Python file imports, as far as they are known; `keys` those of a file of keys
    and values that a setting calls filters.
    """
    host = module_of(language, "filters")
    given = (modules,) if modules else _keys(language, keys)
    own: tuple[FilterRegion, ...] = host.regions(text, *given) if host else ()
    embeddings = embeddings_of(text, language)
    if not embeddings:
        return own
    from mlq.hosts import embedded

    found = (*own, *embedded.regions(text, embeddings, keys, modules))
    if LANGUAGES[language].is_prose:
        from mlq.hosts.placeholders import is_placeholder

        found = tuple(region for region in found if not is_placeholder(region.text))
    return tuple(sorted(found, key=lambda region: (region.start, region.end)))


def region_at(text: str, language: str, offset: int, keys: FilterKeys = ()) -> FilterRegion | None:
    """Return the filter to complete at an offset: longer by blanks than the one found, or yet to come."""
    host = module_of(language, "filters")
    own: FilterRegion | None = host.region_at(text, offset, *_keys(language, keys)) if host else None
    embeddings = () if own else embeddings_of(text, language)
    if not embeddings:
        return own
    from mlq.hosts import embedded

    return embedded.region_at(text, embeddings, offset, keys)


def explain(
    text: str, language: str, line: int, keys: FilterKeys = (), modules: Modules = ()
) -> tuple[str, ...]:
    """Return sentences on why the strings of a line, counted from 1, are checked or not. Never raises."""
    if embeddings_of(text, language):
        from mlq_grammar.spans import Span

        from mlq.text import LineIndex

        lines = LineIndex(text)
        if not 1 <= line <= lines.count:
            return (f"There is no line {line}.",)
        unwritten = _unwritten(text, language, line)
        if unwritten:
            return unwritten
        within = explain_embedded(text, language, Span(*lines.span(line - 1)), modules)
        if within:
            return within
    host = module_of(language, "why")
    if host:
        reasons: tuple[str, ...] = host.explain(text, line, modules)
        return reasons
    found = [region for region in find_regions(text, language, (), keys) if region.line == line]
    entities = [region.entity.replace("_", " ") for region in found]
    checked = tuple(f"Checked as a filter of {entity}." for entity in entities)
    return checked or ("Not checked: no filter begins on this line.",)


def _unwritten(text: str, language: str, line: int) -> tuple[str, ...]:
    """Return a sentence on each placeholder that stands on a line of a text for people."""
    if not LANGUAGES[language].is_prose:
        return ()
    from mlq.hosts import embedded
    from mlq.hosts.placeholders import is_placeholder

    found = [each for each in embedded.regions(text, embeddings_of(text, language)) if each.line == line]
    return tuple(
        f"Not checked: `{region.text}` tells readers to put a filter of their own there."
        for region in found
        if is_placeholder(region.text)
    )


def explain_embedded(text: str, language: str, span: Span, modules: Modules = ()) -> tuple[str, ...]:
    """Return the same for a line of a text that is embedded there; nothing where there is none."""
    from mlq.hosts import embedded

    return embedded.explain(embeddings_of(text, language), span, modules)


def embeddings_of(text: str, language: str) -> Sequence[Embedding]:
    """Return the texts of other languages that stand in a text, as far as they may hold filters."""
    host = module_of(language, "embeds")
    found: Sequence[Embedding] = host.embeddings(text) if host else ()
    return found


def _keys(language: str, keys: FilterKeys) -> tuple[FilterKeys, ...]:
    known = LANGUAGES.get(language)
    return (keys,) if known and known.is_keyed else ()


def holds_queries(text: str, language: str) -> bool:
    """Whether a text is a query file, or has one in it."""
    return language == QUERIES or any(
        holds_queries(embedding.text, embedding.language) for embedding in embeddings_of(text, language)
    )


def find_filters(source: str, *, path: str = "<string>.py") -> list[FilterRegion]:
    """Return the filters of a source text in order; the path's suffix says what kind of file it is."""
    return list(find_regions(source, language_of(path) or ""))


def problem_of(text: str, language: str) -> str:
    """Return why a text cannot be read as a file of its language, in one line; empty where it can."""
    host = module_of(language, "check")
    problem: str = host.problem(text) if host else ""
    return problem


def module_of(language: str, part: str) -> Any:
    """Return the module of a host for a part of its work, named as in `Language`; None where it has none."""
    known = LANGUAGES.get(language)
    name: str = getattr(known, part) if known else ""
    if not name:
        return None
    from importlib import import_module

    return import_module(name)
