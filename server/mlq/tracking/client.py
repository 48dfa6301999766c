"""Asks the worker for keys and counts, from an event loop or a terminal; kills it when it is late."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import mlq
from mlq.keys.index import KeyIndex
from mlq.keys.matches import Counts, Question
from mlq.tracking.protocol import Answer, Request, Store
from mlq.tracking.uri import show_uri

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DEADLINE = 10.0
# The worker keeps its deadline itself where it can; these are for its start and for the way of the answer.
_GRACE = 2.0
_MAX_ANSWER = 256 * 1024 * 1024


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

    async def fetch_keys(self, store: Store, entity: str = "runs") -> KeyIndex:
        """Return the keys of an entity; raises `TrackingError`, soon after the deadline at the latest."""
        return _keys_of(await self._answer(store, entity, ()))

    async def fetch_counts(self, store: Store, entity: str, questions: Sequence[Question]) -> Counts:
        """Return how many each filter matches, without those that the store cannot tell for sure.

        Raises `TrackingError`, soon after the deadline at the latest.
        """
        if not questions:
            return {}
        return _counts_of(await self._answer(store, entity, questions), questions)

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

    async def _answer(self, store: Store, entity: str, questions: Sequence[Question]) -> Answer:
        async with self._turn:
            had_process = self._process is not None
            try:
                return await self._ask(store, entity, questions)
            except _WorkerDiedError:
                if not had_process:
                    raise
                # It may have died long ago, and not of this store.
                return await self._ask(store, entity, questions)

    async def _ask(self, store: Store, entity: str, questions: Sequence[Question]) -> Answer:
        request = Request(next(self._ids), store, self._deadline, entity, tuple(questions))
        is_answered = False
        try:
            answer = await asyncio.wait_for(self._exchange(request), self._deadline + _GRACE)
            is_answered = answer.id == request.id
        except asyncio.TimeoutError:
            raise _too_late(store, self._deadline) from None
        except (OSError, ValueError) as error:
            raise _died(store) from error
        finally:
            # Also when cancelled: what the process would still say belongs to no request.
            if not is_answered:
                await self.close()
        return answer

    async def _exchange(self, request: Request) -> Answer:
        if self._process is None:
            self._process = await self._start()
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise ValueError("the process has no pipes")
        process.stdin.write(request.to_line().encode())
        await process.stdin.drain()
        return Answer.from_line(await process.stdout.readline())

    async def _start(self) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            limit=_MAX_ANSWER,
        )
        if process.stderr is not None:
            self._drain = asyncio.create_task(self._log_lines(process.stderr))
        return process

    async def _log_lines(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            self._log(line.decode("utf-8", "replace").rstrip())


def fetch_keys_once(store: Store, entity: str = "runs", deadline: float = DEADLINE) -> KeyIndex:
    """Return the keys of an entity, without an event loop; raises `TrackingError`."""
    return _keys_of(_answer_once(Request(1, store, deadline, entity)))


def fetch_counts_once(
    store: Store, entity: str, questions: Sequence[Question], deadline: float = DEADLINE
) -> Counts:
    """Return how many each filter matches, as far as the store can tell; raises `TrackingError`."""
    if not questions:
        return {}
    return _counts_of(_answer_once(Request(1, store, deadline, entity, tuple(questions))), questions)


def _answer_once(request: Request) -> Answer:
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
    try:
        return _exchange_once(process, request)
    except (OSError, ValueError) as error:
        raise (_too_late(store, deadline) if is_over.is_set() else _died(store)) from error
    finally:
        timer.cancel()
        process.kill()
        process.communicate()


def _exchange_once(process: subprocess.Popen[bytes], request: Request) -> Answer:
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    process.stdin.write(request.to_line().encode())
    process.stdin.flush()
    return Answer.from_line(process.stdout.readline())


def worker_command() -> list[str]:
    """Return how to start the worker: apart from the user's settings of Python and all other packages."""
    # Only the folder of mlq itself is added, at the end; `site` would run what other packages put there.
    folder = str(Path(mlq.__file__).parent.parent)
    start = "import sys; sys.path.append(sys.argv.pop()); from mlq.tracking.worker import main; main()"
    return [sys.executable, "-I", "-S", "-c", start, folder]


def _keys_of(answer: Answer) -> KeyIndex:
    if answer.error is not None:
        raise TrackingError(str(answer.error)) from answer.error
    try:
        return KeyIndex.from_json(answer.keys)
    except ValueError as error:
        raise TrackingError(str(error)) from error


def _counts_of(answer: Answer, questions: Sequence[Question]) -> Counts:
    if answer.error is not None:
        raise TrackingError(str(answer.error)) from answer.error
    counts = answer.counts or ()
    return {question: count for question, count in zip(questions, counts, strict=False) if count is not None}


def _too_late(store: Store, deadline: float) -> TrackingError:
    return TrackingError(f"{show_uri(store.uri)} does not answer in {deadline:g} s")


def _died(store: Store) -> TrackingError:
    return _WorkerDiedError(f"the process that reads {show_uri(store.uri)} ended early")


class _WorkerDiedError(TrackingError):
    pass
