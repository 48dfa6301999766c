"""How many each filter matches in its store, asked in the background; no request ever waits for it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mlq.keys.index import NO_KEYS, KeyIndex
from mlq.lsp.recent import Recent
from mlq.tracking.client import TrackingError, TrackingWorker

if TYPE_CHECKING:
    from mlq.hosts.store_reference import StoreReference
    from mlq.ide.analysis import Analysis
    from mlq.keys.matches import Count, Counts, Question
    from mlq.lsp.asker import Asker
    from mlq.tracking.protocol import Store

logger = logging.getLogger(__name__)

# Long enough that a filter which is being typed is asked of only where the person stops.
SETTLE_SECONDS = 0.4
# A count is asked for anew once it is older, where its filter is looked at again.
REFRESH_SECONDS = 30.0
_MOST_SEARCHES = 64
_MOST_KEPT = 2_000

Wanted = dict[tuple["Store", str], tuple["Question", ...]]


@dataclass(slots=True)
class _Said:
    """What a store said of the filters of one search: what still holds, and what was said before."""

    fresh: dict[Question, Count | None] = field(default_factory=dict)
    former: dict[Question, Count | None] = field(default_factory=dict)
    index: KeyIndex = NO_KEYS
    renew_at: float = 0.0
    ask_again_at: float = 0.0
    told: str = ""

    def renew(self, index: KeyIndex) -> None:
        """Take what was said for former where it is old, or the store has changed."""
        if time.monotonic() < self.renew_at and index is self.index:
            return
        former = self.former if len(self.former) < _MOST_KEPT else {}
        self.fresh, self.former = {}, {**former, **self.fresh}
        self.index, self.renew_at = index, time.monotonic() + REFRESH_SECONDS


class Matches:
    """The newest counts of each store and search.

    `on_change` is called with the name of a document once what it asked for is there. A document that asks
    for something else gives up what it asked before.
    """

    def __init__(self, on_change: Callable[[str], None]) -> None:
        self._on_change = on_change
        self._said: Recent[tuple[Store, str], _Said] = Recent(_MOST_SEARCHES)
        # Not those of the keys: one that is killed, since nobody wants its answer any more, costs no keys.
        self._workers: dict[tuple[str, str], TrackingWorker] = {}
        self._asking: dict[str, tuple[Wanted, asyncio.Task[None]]] = {}

    def get(self, store: Store, entity: str) -> Counts:
        """Return what a store said, at once."""
        said = self._said.get((store, entity))
        return {**said.former, **said.fresh} if said else {}

    def fresh(self, store: Store, entity: str, index: KeyIndex) -> Counts:
        """Return what of that still holds; `index` is what is known of the store now."""
        said = self._said.get((store, entity)) or self._said.put((store, entity), _Said())
        said.renew(index)
        return said.fresh

    def ask(self, document: str, wanted: Wanted) -> None:
        """Ask what a document wants to know, and no more what it wanted before."""
        asked, task = self._asking.get(document, (None, None))
        if task and not task.done() and asked == wanted:
            return
        self.forget(document)
        if wanted:
            self._asking[document] = wanted, asyncio.create_task(self._answer(document, wanted))

    def forget(self, document: str) -> None:
        """Ask no more for a document."""
        _, task = self._asking.pop(document, (None, None))
        if task:
            task.cancel()

    def close(self) -> None:
        """End all questions."""
        for document in list(self._asking):
            self.forget(document)

    async def _answer(self, document: str, wanted: Wanted) -> None:
        await asyncio.sleep(SETTLE_SECONDS)
        try:
            heard = [await self._hear(store, entity, some) for (store, entity), some in wanted.items()]
        except Exception:
            # A mistake of ours must not end the session.
            logger.exception("counting matches failed")
            return
        self._asking.pop(document, None)
        if any(heard):
            self._on_change(document)

    async def _hear(self, store: Store, entity: str, questions: tuple[Question, ...]) -> bool:
        """Ask a store; return whether it said anything."""
        said = self._said.get((store, entity)) or self._said.put((store, entity), _Said())
        if time.monotonic() < said.ask_again_at:
            return False
        key = (store.uri, store.folder)
        worker = self._workers.setdefault(key, TrackingWorker(logger.debug))
        try:
            said.fresh.update(await worker.fetch_counts(store, entity, questions))
        except TrackingError as reason:
            said.ask_again_at = time.monotonic() + REFRESH_SECONDS
            if said.told != str(reason):
                said.told = str(reason)
                logger.info("no counts: %s", reason)
            return False
        return True


@dataclass(frozen=True, slots=True)
class Counter:
    """One document's view of the counts: only of stores whose keys could be read."""

    matches: Matches
    asker: Asker

    def get(self, entity: str, reference: StoreReference) -> Counts:
        """Return what the store that a search asks said of its filters, at once."""
        store = self._store(entity, reference)
        return self.matches.get(store, entity) if store else {}

    def fresh(self, entity: str, reference: StoreReference) -> Counts:
        """Return what of that still holds: what is not in it is worth to be asked."""
        store = self._store(entity, reference)
        return self.matches.fresh(store, entity, self.asker.get(entity, reference)) if store else {}

    def ask(self, document: str, analysis: Analysis) -> None:
        """Ask in the background what is worth to be asked of the filters of a document."""
        wanted: Wanted = {}
        for entity, reference, some in replace(analysis, counted=self.fresh).questions():
            store = self._store(entity, reference)
            if store and some:
                known = wanted.get((store, entity), ())
                wanted[store, entity] = tuple(dict.fromkeys((*known, *some)))
        self.matches.ask(document, wanted)

    def _store(self, entity: str, reference: StoreReference) -> Store | None:
        picture = self.asker.picture(entity, reference)
        if picture is None or entity not in picture.indexes:
            return None
        return self.asker.resolved(entity, reference).store
