"""What a store says of a filter: how many match it now, and by which clause it finds nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mlq_grammar.dialect import load

from mlq.cli.frame import printable
from mlq.cli.stores import NoStoreError, asked_here, store_here
from mlq.ide.matching import how_many, why_empty
from mlq.rules.matches.matched import Matched, matched
from mlq.rules.matches.why import left_out
from mlq.tracking.client import TrackingError, fetch_counts_once, fetch_keys_once

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from mlq_grammar.dialect import Dialect

    from mlq.keys.matches import Count, Question
    from mlq.tracking.protocol import Store
    from mlq.versions.choice import Chosen


def counted(text: str, entity: str, chosen: Chosen, given: argparse.Namespace) -> Matched | None:
    """Return a filter beside all that its store says of it; None for one that MLflow refuses.

    Raises `NoStoreError`.
    """
    asked = asked_here(given.tracking_uri, is_trusted=given.trust_workspace)
    store, _ = store_here(asked, entity)
    store = replace(store, experiments=tuple(given.experiment or store.experiments))
    dialect = load(entity, chosen.version, chosen.sqlparse or None)
    try:
        return _asked(text, entity, dialect, store)
    except TrackingError as error:
        raise NoStoreError(str(error)) from error


def _asked(text: str, entity: str, dialect: Dialect, store: Store) -> Matched | None:
    """Ask until there is nothing more to ask."""
    index = fetch_keys_once(store, entity)
    counts: dict[Question, Count | None] = {}
    while True:
        found = matched(text, dialect, index, counts)
        wanted = tuple(found.wanted()) if found else ()
        if not wanted:
            return found
        counts.update(fetch_counts_once(store, entity, wanted))


def lines(found: Matched | None) -> Iterator[str]:
    """Yield for people what a store says of a filter."""
    if found is None:
        yield "The store is not asked of a filter that MLflow refuses."
        return
    yield printable(how_many(found, "") or f"{found.index.source} cannot tell how many match this filter.")
    for line in (*why_empty(found), *left_out(found.meaning, found.index)):
        yield f"  {printable(line)}"


def fields(found: Matched | None) -> dict[str, Any] | None:
    """Return what a store says of a filter as JSON data."""
    if found is None:
        return None
    whole, everything = found.counts.get(found.whole), found.counts.get(found.everything)
    return {
        "source": found.index.source,
        "count": whole and whole.number,
        "is_exact": whole and whole.is_exact,
        "of": everything and everything.number,
        "why_empty": list(why_empty(found)),
        "left_out": list(left_out(found.meaning, found.index)),
    }
