"""The known keys of each store, read in the background; no request ever waits for them."""

from __future__ import annotations

import asyncio
import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlq.keys.index import NO_KEYS, KeyIndex
from mlq.tracking.client import TrackingError, TrackingWorker
from mlq.tracking.protocol import Store
from mlq.tracking.resolve import resolve_uri

if TYPE_CHECKING:
    from collections.abc import Callable
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


class Keys:
    """The newest picture of each store's keys.

    `touch` asks for a picture; it starts a read unless one is running or the last one ended less than
    `REFRESH_SECONDS` ago. `on_change` is called when a picture differs from the one before.
    """

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._indexes: dict[Target, KeyIndex] = {}
        self._due: dict[Target, float] = {}
        self._reads: dict[Target, asyncio.Task[None]] = {}
        # One for each, so that a store that hangs keeps no other waiting.
        self._workers: dict[Target, TrackingWorker] = {}
        self._told: dict[Target, str] = {}

    def get(self, settings: Settings, folder: Path) -> KeyIndex:
        """Return what is known of the store of a workspace folder, at once."""
        return self._indexes.get(_target(settings, folder), NO_KEYS)

    def touch(self, settings: Settings, folder: Path) -> None:
        """Let the picture of this store be renewed, if it is due."""
        target = _target(settings, folder)
        if not settings.connect:
            self._tell(target, 'no keys: the setting "connect" is off')
        elif settings.needs_trust:
            origin = settings.origin("tracking-uri")
            self._tell(target, f"no keys: {origin} names the store, and the workspace is not trusted")
        elif target not in self._reads and asyncio.get_running_loop().time() >= self._due.get(target, 0.0):
            self._reads[target] = asyncio.create_task(self._refresh(target))

    def close(self) -> None:
        """End all reads."""
        for read in self._reads.values():
            read.cancel()

    async def _refresh(self, target: Target) -> None:
        try:
            await self._read(target)
        except TrackingError as reason:
            self._tell(target, f"no keys: {reason}")
        except Exception:
            logger.exception("reading keys failed")
        finally:
            self._reads.pop(target, None)
            self._due[target] = asyncio.get_running_loop().time() + REFRESH_SECONDS

    async def _read(self, target: Target) -> None:
        uri, whence = resolve_uri(target.tracking_uri, os.environ, target.folder, trusted=target.is_trusted)
        if uri is None:
            self._tell(target, whence)
            return
        worker = self._workers.setdefault(target, TrackingWorker(logger.debug))
        index = await worker.fetch_keys(Store(uri, str(target.folder), target.experiments))
        count = sum(len(keys) for keys in index.kinds.values())
        self._tell(target, whence, f": {count} keys in {index.runs} runs")
        if index != self._indexes.get(target, NO_KEYS):
            self._indexes[target] = index
            self._on_change()

    def _tell(self, target: Target, line: str, detail: str = "") -> None:
        if self._told.get(target) != line:
            self._told[target] = line
            logger.info("%s%s", line, detail)


def _target(settings: Settings, folder: Path) -> Target:
    return Target(
        settings.tracking_uri,
        settings.experiments,
        settings.folder("tracking-uri", folder),
        settings.trust_workspace,
    )
