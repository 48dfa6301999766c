"""Which store a command reads: the one that is named, else the one that MLflow would take in this folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlq.settings import Settings


class NoStoreError(Exception):
    """Raised where there is no store, or none that may be read; the message says why."""


def store_here(tracking_uri: str | None) -> tuple[str, Settings]:
    """Return the tracking URI for the current folder, and its settings.

    What a project file names is not taken on its word: whoever cloned the project may not know it.
    """
    from mlq import settings
    from mlq.tracking.resolve import resolve_uri

    folder = Path.cwd()
    found, _ = settings.load(folder)
    if not tracking_uri and found.needs_trust:
        raise NoStoreError(
            f"{found.origin('tracking-uri')} names a store; say --tracking-uri to have one read"
        )
    uri, reason = resolve_uri(tracking_uri, os.environ, folder, trusted=True)
    if uri is None:
        raise NoStoreError(reason.replace("no keys", "no store", 1))
    return uri, found


def refuse_to_make(uri: str) -> None:
    """Raise `NoStoreError` for a database file that is not there: MLflow's client would make it, silently."""
    from mlq.tracking.protocol import StoreError
    from mlq.tracking.uri import HttpUri, parse_uri, show_uri

    try:
        store = parse_uri(uri, str(Path.cwd()))
    except StoreError:
        return  # a kind of store that MLflow's client reads and mlq does not
    if not isinstance(store, HttpUri) and not store.path.exists():
        raise NoStoreError(f"{show_uri(uri)} does not exist")
