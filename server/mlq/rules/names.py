"""The keys of a dialect and their names, as signs for the rules that speak of certain keys only."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mlq_grammar.dialect import Dialect, Key


def names_where(holds: Callable[[Key], bool], dialect: Dialect) -> tuple[str, ...] | None:
    """Return the names and aliases, in capitals, of the keys for which something holds; None if of none."""
    names = [name for key in every_key(dialect) if holds(key) for name in (key.name, *key.aliases)]
    return tuple(dict.fromkeys(name.upper() for name in names if name)) or None


def is_within_content(key: Key) -> bool:
    """Whether MLflow puts the value into a pattern for a span's content, as for its attributes."""
    return "printed-list" in key.checks.in_store


def every_key(dialect: Dialect) -> Iterator[Key]:
    """Yield what can be compared: listed keys, and the pattern of each family of open ones."""
    for family in dialect.families:
        yield from family.keys or family.known
        if family.keys is None:
            yield family.pattern
