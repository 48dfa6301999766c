"""The known keys of each store, read in the background; no request ever waits for them."""

from __future__ import annotations

import asyncio
import logging
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mlq.keys.index import NO_KEYS, KeyIndex
from mlq.lsp.pictures import Pictures
from mlq.semantics.nouns import plural
from mlq.tracking.client import TrackingError, TrackingWorker
from mlq.tracking.protocol import Store
from mlq.tracking.resolve import resolve_uri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from mlq.settings import Settings

logger = logging.getLogger(__name__)

REFRESH_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Target:
    """What the settings of a workspace folder say of the store."""

    tracking_uri: str
    experiments: tuple[str, ...]
    folder: Path
    is_trusted: bool


@dataclass(slots=True)
class _StoreKeys:
    """What is known of one store, by entity, and what goes on there.

    Its worker is its own, so that a store that hangs keeps no other waiting.
    """

    worker: TrackingWorker
    indexes: dict[str, KeyIndex] = field(default_factory=dict)
    due: dict[str, float] = field(default_factory=dict)
    reads: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)


class Keys:
    """The newest picture of each store's keys.

    `touch` asks for a picture; it starts a read unless one is running or the last one ended less than
    `REFRESH_SECONDS` ago. `on_change` is called when a picture differs from the one before.
    """

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._stores: dict[Target, _StoreKeys] = {}
        self._recorded = Pictures()

    def get(self, settings: Settings, folder: Path) -> Mapping[str, KeyIndex]:
        """Return what is known of the store of a workspace folder, by entity, at once.

        Of what the store does not tell, or not yet, that is what was recorded.
        """
        recorded = self._recorded.get(settings, folder)
        return {**recorded, **self._store_keys(_target(settings, folder)).indexes}

    def mlflow_version(self, settings: Settings, folder: Path) -> str:
        """Return the version of the server that has the store; empty where none is known."""
        indexes = self.get(settings, folder).values()
        return next((index.mlflow_version for index in indexes if index.mlflow_version), "")

    def touch(self, settings: Settings, folder: Path, entities: Iterable[str]) -> None:
        """Let the pictures of these entities of this store be renewed, if they are due."""
        target = _target(settings, folder)
        store = self._store_keys(target)
        if not settings.connect:
            _tell(store, "", 'no keys: the setting "connect" is off')
        elif settings.needs_trust:
            origin = settings.origin("tracking-uri")
            _tell(store, "", f"no keys: {origin} names the store, and the workspace is not trusted")
        else:
            now = asyncio.get_running_loop().time()
            for entity in entities:
                if entity not in store.reads and now >= store.due.get(entity, 0.0):
                    store.reads[entity] = asyncio.create_task(self._refresh(target, store, entity))

    def close(self) -> None:
        """End all reads."""
        for store in self._stores.values():
            for read in store.reads.values():
                read.cancel()

    def _store_keys(self, target: Target) -> _StoreKeys:
        if target not in self._stores:
            self._stores[target] = _StoreKeys(TrackingWorker(logger.debug))
        return self._stores[target]

    async def _refresh(self, target: Target, store: _StoreKeys, entity: str) -> None:
        try:
            await self._read(target, store, entity)
        except TrackingError as reason:
            _tell(store, entity, f"no keys: {reason}")
        except Exception:
            # A mistake of ours must not end the reads of the other stores.
            logger.exception("reading keys failed")
        finally:
            store.reads.pop(entity, None)
            store.due[entity] = asyncio.get_running_loop().time() + REFRESH_SECONDS

    async def _read(self, target: Target, store: _StoreKeys, entity: str) -> None:
        uri, whence = resolve_uri(target.tracking_uri, os.environ, target.folder, trusted=target.is_trusted)
        if uri is None:
            _tell(store, "", whence)
            return
        index = await store.worker.fetch_keys(Store(uri, str(target.folder), target.experiments), entity)
        count = sum(len(keys) for keys in index.kinds.values())
        store.told.pop("", None)
        _tell(store, entity, whence, f": {count} keys in {index.seen} {plural(entity)}")
        if index != store.indexes.get(entity, NO_KEYS):
            store.indexes[entity] = index
            self._on_change()


def _tell(store: _StoreKeys, entity: str, line: str, detail: str = "") -> None:
    if store.told.get(entity) != line:
        store.told[entity] = line
        logger.info("%s%s", line, detail)


def _target(settings: Settings, folder: Path) -> Target:
    return Target(
        settings.tracking_uri,
        settings.experiments,
        settings.folder("tracking-uri", folder),
        settings.trust_workspace,
    )
