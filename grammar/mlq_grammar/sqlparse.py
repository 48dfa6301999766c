"""The releases of sqlparse that can stand beside MLflow: which one is meant, and which rows hold in it.

MLflow takes any from 0.4.0 on, so what it makes of a filter is up to the environment too. Rows of the lexer,
the words and the passes that came or went with a release of sqlparse say so by `since` and `until`.
"""

from __future__ import annotations

from functools import cache

from mlq_grammar.releases import numbers

RELEASES = (
    *("0.4.0", "0.4.1", "0.4.2", "0.4.3", "0.4.4"),
    *("0.5.0", "0.5.1", "0.5.2", "0.5.3", "0.5.4", "0.5.5"),
    *("0.6.0", "0.6.1"),
)
"""Every release that MLflow allows, in order."""

NEWEST = RELEASES[-1]
"""What is assumed where nothing names a release: each MLflow allows it."""


@cache
def nearest(version: str) -> str:
    """Return the newest known release that is not above this version; the oldest for older ones."""
    found = [release for release in RELEASES if numbers(release) <= numbers(version)]
    return found[-1] if found else RELEASES[0]


@cache
def holds(version: str, since: str = "", until: str = "") -> bool:
    """Whether what came with the release `since` and went with `until` is there in this one."""
    at = numbers(version)
    return (not since or numbers(since) <= at) and (not until or at < numbers(until))
