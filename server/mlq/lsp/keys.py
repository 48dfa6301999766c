"""The known keys of each store, read in the background; no request ever waits for them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlq.keys.index import NO_KEYS, KeyIndex

if TYPE_CHECKING:
    from pathlib import Path

    from mlq.settings import Settings

logger = logging.getLogger(__name__)

REFRESH_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Target:
    """What to read: a tracking URI (empty: where MLflow would look from this folder) and experiments."""

    tracking_uri: str
    experiments: tuple[str, ...]
    folder: Path


class UnreadableError(Exception):
    """Raised by a reader when a store gives no keys; says why, for people and without credentials."""


Reader = Callable[[Target], Awaitable[KeyIndex]]


class Keys:
    """The newest picture of each store's keys.

    `touch` asks for a picture; it starts a read unless one is running or the last one ended less than
    `REFRESH_SECONDS` ago. `on_change` is called when a picture differs from the one before.
    """

    def __init__(self, read: Reader, on_change: Callable[[], None]) -> None:
        self._read = read
        self._on_change = on_change
        self._indexes: dict[Target, KeyIndex] = {}
        self._due: dict[Target, float] = {}
        self._reads: dict[Target, asyncio.Task[None]] = {}
        self._told: dict[Target, str] = {}

    def get(self, settings: Settings, folder: Path) -> KeyIndex:
        """Return what is known of the store that these settings name, at once."""
        return self._indexes.get(_target(settings, folder), NO_KEYS)

    def touch(self, settings: Settings, folder: Path) -> None:
        """Let the picture of this store be renewed, if it is due."""
        target = _target(settings, folder)
        if not settings.connect:
            self._tell(target, 'no keys: the setting "connect" is off')
        elif settings.needs_trust:
            origin = settings.origin("tracking-uri")
            self._tell(
                target, f"no keys: {origin} names the tracking store, and the workspace is not trusted"
            )
        elif target not in self._reads and asyncio.get_running_loop().time() >= self._due.get(target, 0.0):
            self._reads[target] = asyncio.create_task(self._refresh(target))

    def close(self) -> None:
        """End all reads."""
        for read in self._reads.values():
            read.cancel()

    async def _refresh(self, target: Target) -> None:
        try:
            self._put(target, await self._read(target))
        except UnreadableError as reason:
            self._tell(target, f"no keys: {reason}")
        except Exception:
            logger.exception("reading keys failed")
        finally:
            self._reads.pop(target, None)
            self._due[target] = asyncio.get_running_loop().time() + REFRESH_SECONDS

    def _put(self, target: Target, index: KeyIndex) -> None:
        count = sum(len(keys) for keys in index.kinds.values())
        self._tell(target, f"{count} keys from {index.source}")
        if index != self._indexes.get(target, NO_KEYS):
            self._indexes[target] = index
            self._on_change()

    def _tell(self, target: Target, line: str) -> None:
        if self._told.get(target) != line:
            self._told[target] = line
            logger.info("%s", line)


def _target(settings: Settings, folder: Path) -> Target:
    return Target(settings.tracking_uri, settings.experiments, folder)
