"""Asks the worker for keys and counts, from an event loop or a terminal; kills it when it is late."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import subprocess
import sys
import threading
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import mlq
from mlq.keys.parts import Assembly
from mlq.tracking.protocol import Answer, Request, Store
from mlq.tracking.uri import show_uri

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mlq.keys.index import KeyIndex
    from mlq.keys.matches import Counts, Question

    OnPart = Callable[[KeyIndex], None]

DEADLINE = 10.0
# The worker keeps its deadline itself where it can; these are for its start and for the way of the answer.
_GRACE = 2.0
_MAX_LINE = 64 * 1024 * 1024


def _ignore(_: KeyIndex) -> None:
    """Take no notice of what is known before all is."""


class TrackingError(Exception):
    """Why a store says nothing, as one line for people, without credentials."""


class TrackingWorker:
    """Reads stores in a process of its own, one request after the other.

    The process starts with the first request, and anew after one that had to be given up. A store that hangs
    makes the requests behind it wait until its deadline: where that matters, have a worker for each store.
    """

    def __init__(self, log: Callable[[str], None] | None = None, deadline: float = DEADLINE) -> None:
        self._log = log or (lambda _: None)
        self._deadline = deadline
        self._ids = itertools.count(1)
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._drain: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The id of the process; None while there is none."""
        return None if self._process is None else self._process.pid

    async def fetch_keys(
        self,
        store: Store,
        entity: str = "runs",
        known: KeyIndex | None = None,
        on_part: OnPart = _ignore,
    ) -> KeyIndex:
        """Return the keys of an entity; raises `TrackingError`, soon after the deadline at the latest.

        They are the `known` ones where the store's stamp is still theirs. `on_part` is called with what is
        known before all is.
        """
        stamp = known.stamp if known else ""
        reply = await self._answer(Request(0, store, self._deadline, entity, known=stamp), on_part)
        return known if known and stamp and reply.is_unchanged else reply.picture()

    async def fetch_counts(self, store: Store, entity: str, questions: Sequence[Question]) -> Counts:
        """Return how many each filter matches, None where the store cannot tell for sure.

        Raises `TrackingError`, soon after the deadline at the latest.
        """
        if not questions:
            return {}
        asking = Request(0, store, self._deadline, entity, tuple(questions))
        return (await self._answer(asking, _ignore)).counts()

    async def close(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        # A process in a dead system call cannot be killed; the event loop will reap it when it can.
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(process.wait(), _GRACE)
        if self._drain is not None:
            self._drain.cancel()

    async def _answer(self, asking: Request, on_part: OnPart) -> _Reply:
        async with self._turn:
            had_process = self._process is not None
            try:
                return await self._ask(asking, on_part)
            except _WorkerDiedError:
                if not had_process:
                    raise
                # It may have died long ago, and not of this store.
                return await self._ask(asking, on_part)

    async def _ask(self, asking: Request, on_part: OnPart) -> _Reply:
        request = replace(asking, id=next(self._ids))
        is_answered = False
        try:
            reply = _Reply(request, on_part)
            await self._exchange(reply)
            is_answered = True
        except asyncio.TimeoutError:
            raise _too_late(request.store, self._deadline) from None
        except (OSError, ValueError) as error:
            raise _died(request.store) from error
        finally:
            # Also when cancelled: what the process would still say belongs to no request.
            if not is_answered:
                await self.close()
        return reply

    async def _exchange(self, reply: _Reply) -> None:
        if self._process is None:
            self._process = await self._start()
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise ValueError("the process has no pipes")
        process.stdin.write(reply.request.to_line().encode())
        await process.stdin.drain()
        while reply.take(await asyncio.wait_for(process.stdout.readline(), self._deadline + _GRACE)):
            # Whoever waits for an answer of ours comes first.
            await asyncio.sleep(0)

    async def _start(self) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            limit=_MAX_LINE,
        )
        if process.stderr is not None:
            self._drain = asyncio.create_task(self._log_lines(process.stderr))
        return process

    async def _log_lines(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            self._log(line.decode("utf-8", "replace").rstrip())


def fetch_keys_once(store: Store, entity: str = "runs", deadline: float = DEADLINE) -> KeyIndex:
    """Return the keys of an entity, without an event loop; raises `TrackingError`."""
    return _ask_once(Request(1, store, deadline, entity)).picture()


def fetch_counts_once(
    store: Store, entity: str, questions: Sequence[Question], deadline: float = DEADLINE
) -> Counts:
    """Return how many each filter matches, as far as the store can tell; raises `TrackingError`."""
    if not questions:
        return {}
    return _ask_once(Request(1, store, deadline, entity, tuple(questions))).counts()


def _ask_once(request: Request) -> _Reply:
    store, deadline = request.store, request.deadline
    process = subprocess.Popen(
        worker_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    is_over = threading.Event()

    def give_up() -> None:
        is_over.set()
        process.kill()

    timer = threading.Timer(deadline + _GRACE, give_up)
    timer.start()
    reply = _Reply(request, _ignore)
    try:
        _exchange_once(process, reply)
    except (OSError, ValueError) as error:
        raise (_too_late(store, deadline) if is_over.is_set() else _died(store)) from error
    finally:
        timer.cancel()
        process.kill()
        process.communicate()
    return reply


def _exchange_once(process: subprocess.Popen[bytes], reply: _Reply) -> None:
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    process.stdin.write(reply.request.to_line().encode())
    process.stdin.flush()
    while reply.take(process.stdout.readline()):
        pass


def worker_command() -> list[str]:
    """Return how to start the worker: apart from the user's settings of Python and all other packages."""
    # Only the folder of mlq itself is added, at the end; `site` would run what other packages put there.
    folder = str(Path(mlq.__file__).parent.parent)
    start = "import sys; sys.path.append(sys.argv.pop()); from mlq.tracking.worker import main; main()"
    return [sys.executable, "-I", "-S", "-c", start, folder]


class _Reply:
    """Puts together what the worker answers to a request."""

    def __init__(self, request: Request, on_part: OnPart) -> None:
        self.request = request
        self._on_part = on_part
        self._assembly = Assembly()
        self._digest = blake2b(digest_size=16)
        self._picture: KeyIndex | None = None
        self._last: Answer | None = None

    def take(self, line: bytes) -> bool:
        """Take a line of the answer; return whether there are more. Raises `ValueError` for other lines."""
        answer = Answer.from_line(line)
        if answer.id != self.request.id:
            raise ValueError("this answers another request")
        if answer.is_last:
            self._last = answer
        else:
            self._digest.update(line.partition(b",")[2])
            self._add(answer)
        return not answer.is_last

    @property
    def is_unchanged(self) -> bool:
        """Tell whether there are no other keys than those that were known."""
        return self._picture is None and self._last is not None and self._last.error is None

    def picture(self) -> KeyIndex:
        """Return the picture that tells most; raises `TrackingError` where there is none."""
        self._raise_error()
        if self._picture is None:
            raise _died(self.request.store)
        return replace(self._picture, stamp=self._last.stamp if self._last else "")

    def counts(self) -> Counts:
        """Return how many match each question; raises `TrackingError` where there is an error instead."""
        self._raise_error()
        counts = (self._last.counts if self._last else None) or ()
        if len(counts) != len(self.request.questions):
            raise _died(self.request.store)
        return dict(zip(self.request.questions, counts, strict=True))

    def _raise_error(self) -> None:
        if self._last is not None and self._last.error is not None:
            raise TrackingError(str(self._last.error)) from self._last.error

    def _add(self, answer: Answer) -> None:
        index = self._assembly.add(answer.part, self._digest.hexdigest())
        if index is not None:
            self._picture, self._digest = index, blake2b(digest_size=16)
            self._on_part(index)


def _too_late(store: Store, deadline: float) -> TrackingError:
    return TrackingError(f"{show_uri(store.uri)} does not answer in {deadline:g} s")


def _died(store: Store) -> TrackingError:
    return _WorkerDiedError(f"the process that reads {show_uri(store.uri)} ended early")


class _WorkerDiedError(TrackingError):
    pass
