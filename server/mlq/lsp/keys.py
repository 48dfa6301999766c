"""The known keys of each store, read in the background; no request ever waits for them."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mlq.keys.index import NO_KEYS, KeyIndex
from mlq.lsp import cache
from mlq.lsp.recent import Recent
from mlq.semantics.nouns import plural
from mlq.tracking.asking import decide
from mlq.tracking.client import TrackingError, TrackingWorker
from mlq.tracking.resolve import REGISTERED
from mlq.tracking.uri import show_uri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mlq.tracking.protocol import Store
    from mlq.tracking.resolve import Asked, Resolved

logger = logging.getLogger(__name__)

REFRESH_SECONDS = 30.0
"""After these a store is read anew that has no cheap sign of whether it changed."""
LOOK_SECONDS = 3.0
"""After these a store is asked for that sign, and read anew where it is another one."""
FIRST_PAUSE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 320.0
"""After a failure the next try waits for the first of these, then twice as long each time, up to the last."""
IN_USE_SECONDS = 600.0
"""So long after the last edit a store is still looked at."""
_SHARE_OF_TIME = 10
"""Reads take no more than one part in so many of the time."""
_SAVE_SECONDS = 60.0
LOOK_AGAIN_SECONDS = 5.0
"""After these it is looked again which store is meant: a `.env` or a database may have come or gone."""

_MOST_STORES = 16
_MOST_QUESTIONS = 256


@dataclass(slots=True)
class Picture:
    """What is known of the experiments of one store, by entity, and why nothing more is."""

    indexes: dict[str, KeyIndex] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    due: dict[str, float] = field(default_factory=dict)
    reads: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    saved: dict[str, tuple[str, float]] = field(default_factory=dict)
    wakers: dict[str, asyncio.TimerHandle] = field(default_factory=dict)
    touched: float = 0.0

    def cancel(self) -> None:
        """End the reads that go on, and those to come."""
        for read in self.reads.values():
            read.cancel()
        for waker in self.wakers.values():
            waker.cancel()

    def pause(self, entity: str, took: float) -> float:
        """Return how long to wait before the next read, the last one having taken so many seconds."""
        if failures := self.failures.get(entity):
            return min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2.0 ** min(failures - 1, 10))
        index = self.indexes.get(entity)
        return max(LOOK_SECONDS if index and index.stamp else REFRESH_SECONDS, _SHARE_OF_TIME * took)


class Keys:
    """The newest picture of each store's keys, for as many stores as are in use.

    `touch` asks for a picture: it starts a read unless one is running, or the next one is not due yet. As
    long as a picture is in use, the next reads follow by themselves, ever more seldom where they fail.
    `on_change` is called when something else is known.
    """

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._resolved: Recent[tuple[Asked, bool], tuple[Resolved, float]] = Recent(_MOST_QUESTIONS)
        self._pictures: Recent[Store, Picture] = Recent(_MOST_STORES, self._drop)
        self._workers: dict[tuple[str, str], TrackingWorker] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._told: Recent[Asked, str] = Recent(_MOST_QUESTIONS)

    def get(self, asked: Asked, entity: str) -> KeyIndex:
        """Return the known keys of an entity of the store that is meant; `NO_KEYS` where none are known."""
        picture = self.picture(asked, entity)
        return picture.indexes.get(entity, NO_KEYS) if picture else NO_KEYS

    def picture(self, asked: Asked, entity: str) -> Picture | None:
        """Return what is known of the store that is meant; None where nothing was asked of it yet."""
        store = self.resolved(asked, entity).store
        return self._pictures.get(store) if store else None

    def resolved(self, asked: Asked, entity: str) -> Resolved:
        """Return which store is meant, and why."""
        known = self._resolved.get((asked, entity in REGISTERED))
        return known[0] if known else self._resolve(asked, entity)

    def worker(self, store: Store) -> TrackingWorker:
        """Return the process that reads a store: its own, so that one that hangs keeps no other waiting."""
        key = (store.uri, store.folder)
        if key not in self._workers:
            self._workers[key] = TrackingWorker(logger.debug)
        return self._workers[key]

    def touch(self, asked: Asked, entities: Iterable[str]) -> None:
        """Let the pictures of these entities be renewed, where they are due."""
        now = time.monotonic()
        for entity in entities:
            resolved, due = self._resolved.get((asked, entity in REGISTERED)) or (None, 0.0)
            if resolved is None or now >= due:
                resolved = self._resolve(asked, entity)
            if resolved.store is None:
                self._tell_none(asked, resolved)
                continue
            picture = self._pictures.get(resolved.store) or self._pictures.put(resolved.store, Picture())
            picture.touched = now
            if now >= picture.due.get(entity, 0.0):
                self._start(picture, resolved, entity)

    def look_again(self) -> None:
        """Decide anew which stores are meant."""
        self._resolved.clear()

    def reconnect(self) -> None:
        """Give up the reads that go on, and read everything anew at the next touch."""
        self._pictures.clear()
        self._resolved.clear()
        self._told.clear()

    def close(self) -> None:
        """End all reads."""
        for picture in self._pictures.values():
            picture.cancel()

    def _resolve(self, asked: Asked, entity: str) -> Resolved:
        due = time.monotonic() + LOOK_AGAIN_SECONDS
        return self._resolved.put((asked, entity in REGISTERED), (decide(asked, entity), due))[0]

    def _start(self, picture: Picture, resolved: Resolved, entity: str) -> None:
        if entity not in picture.reads:
            picture.reads[entity] = asyncio.create_task(self._refresh(picture, resolved, entity))

    def _wake(self, picture: Picture, resolved: Resolved, entity: str) -> None:
        if time.monotonic() < picture.touched + IN_USE_SECONDS:
            self._start(picture, resolved, entity)

    async def _refresh(self, picture: Picture, resolved: Resolved, entity: str) -> None:
        began = time.monotonic()
        try:
            await self._read(picture, resolved, entity)
        except Exception:
            # A mistake of ours must not end the reads of the other stores.
            logger.exception("reading keys failed")
        finally:
            picture.reads.pop(entity, None)
            now = time.monotonic()
            pause = picture.pause(entity, now - began)
            picture.due[entity] = now + pause
        loop = asyncio.get_running_loop()
        picture.wakers[entity] = loop.call_later(pause, self._wake, picture, resolved, entity)

    async def _read(self, picture: Picture, resolved: Resolved, entity: str) -> None:
        store = resolved.store
        if store is None:
            return
        if entity not in picture.indexes and (kept := await asyncio.to_thread(cache.load, store, entity)):
            self._put(picture, entity, kept)
        problem = picture.problems.get(entity)
        try:
            index = await self.worker(store).fetch_keys(
                store,
                entity,
                picture.indexes.get(entity),
                # Less than was known before tells nothing new.
                lambda part: None if picture.indexes.get(entity) else self._put(picture, entity, part),
            )
        except TrackingError as reason:
            picture.failures[entity] = picture.failures.get(entity, 0) + 1
            picture.problems[entity] = str(reason)
            _tell(picture, entity, f"no keys: {reason}")
        else:
            picture.failures.pop(entity, None)
            picture.problems.pop(entity, None)
            line = f"keys from {show_uri(store.uri)} ({resolved.why})"
            _tell(picture, entity, line, f": {index.size} keys in {index.seen} {plural(entity)}")
            self._put(picture, entity, index)
            await _save(picture, store, entity, index)
        if problem != picture.problems.get(entity):
            self._on_change()

    def _put(self, picture: Picture, entity: str, index: KeyIndex) -> None:
        before, picture.indexes[entity] = picture.indexes.get(entity), index
        # Comparing a million names would take longer than a keystroke may.
        if before is None or not index.digest or before.digest != index.digest:
            self._on_change()

    def _tell_none(self, asked: Asked, resolved: Resolved) -> None:
        if self._told.get(asked) != resolved.why:
            self._told.put(asked, resolved.why)
            logger.info("%s", resolved.sentence())

    def _drop(self, store: Store, picture: Picture) -> None:
        picture.cancel()
        key = (store.uri, store.folder)
        if not any((other.uri, other.folder) == key for other in self._pictures):
            worker = self._workers.pop(key, None)
            if worker:
                task = asyncio.get_running_loop().create_task(worker.close())
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)


async def _save(picture: Picture, store: Store, entity: str, index: KeyIndex) -> None:
    digest, due = picture.saved.get(entity, ("", 0.0))
    now = time.monotonic()
    if index.digest != digest and now >= due:
        picture.saved[entity] = (index.digest, now + _SAVE_SECONDS)
        await asyncio.to_thread(cache.save, store, entity, index)


def _tell(picture: Picture, entity: str, line: str, detail: str = "") -> None:
    if picture.told.get(entity) != line:
        picture.told[entity] = line
        logger.info("%s%s", line, detail)
