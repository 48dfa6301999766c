"""Which store a command reads: the one that is named, else the one that MLflow would take in this folder."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from mlq.tracking.protocol import Store
    from mlq.tracking.resolve import Asked, Resolved


class NoStoreError(Exception):
    """Raised where there is no store, or none that may be read; the message says why."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which store is read."""
    add = parser.add_argument
    add("--tracking-uri", metavar="URI", help="the store (default: what MLflow would take in this folder)")
    add(
        "--trust-workspace",
        action="store_true",
        help="take the word of the files in this folder for which store to read: pyproject.toml, .env",
    )


def asked_here(tracking_uri: str | None, *, is_trusted: bool) -> Asked:
    """Return what the arguments, the settings and the MLflow of the current folder say of the store."""
    from mlq import settings
    from mlq.tracking.asking import asked_by
    from mlq.tracking.resolve import Setting
    from mlq.versions.project import detect

    folder = Path.cwd()
    found, _ = settings.load(folder)
    version = found.mlflow_version or detect(folder, os.environ).version
    asked = asked_by(found, folder, (folder,), version)
    if tracking_uri:
        asked = replace(asked, setting=Setting(tracking_uri, "from --tracking-uri"))
    return replace(asked, is_trusted=is_trusted, is_connected=True)


def store_here(asked: Asked, entity: str = "runs") -> tuple[Store, Resolved]:
    """Return the store of a search; raises `NoStoreError`.

    What the files of a project name is not taken on their word: whoever cloned it may not know them.
    """
    from mlq.tracking.asking import decide

    resolved = decide(asked, entity)
    if resolved.store is None:
        advice = "; say --tracking-uri or --trust-workspace" if "not trusted" in resolved.advice else ""
        raise NoStoreError(resolved.sentence().replace("no keys", "no store", 1) + advice)
    return resolved.store, resolved


def refuse_to_make(uri: str) -> None:
    """Raise `NoStoreError` for a database file that is not there: MLflow's client would make it, silently."""
    from mlq.tracking.protocol import StoreError
    from mlq.tracking.uri import FolderUri, SqliteUri, parse_uri, show_uri

    try:
        store = parse_uri(uri, str(Path.cwd()))
    except StoreError:
        return  # a kind of store that MLflow's client reads and mlq does not
    if isinstance(store, (FolderUri, SqliteUri)) and not store.path.exists():
        raise NoStoreError(f"{show_uri(uri)} does not exist")
