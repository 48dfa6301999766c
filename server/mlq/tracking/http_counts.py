"""Counts on a tracking server what a filter matches: the server judges, pages are counted up to a cap."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from mlq.keys.matches import Count, Question
from mlq.tracking.http import experiment_ids
from mlq.tracking.http_answers import SEARCHES, Search, objects_of
from mlq.tracking.protocol import StoreError

if TYPE_CHECKING:
    from mlq.tracking.http_server import Server

MAX_COUNT = 1_000
# A server takes 2 to 3 s and 6 MB for 1,000 runs: most filters are told by the first page.
_FIRST_PAGE, _LATER_PAGE = 100, 300
# Of the time until the deadline, what all questions may take before no further page is asked for, and of
# that what a single one may: a server is busy with it all the while.
_SHARE_OF_TIME = 0.7
_SECONDS_OF_ONE = 1.5
_VIEWS = {"active": "ACTIVE_ONLY", "deleted": "DELETED_ONLY"}


def count_matches(
    server: Server, entity: str, experiments: Sequence[str], questions: Sequence[Question], deadline: float
) -> tuple[Count | None, ...]:
    """Return how many match each question, None where the server refuses it; raises `StoreError`.

    `deadline` is a time of `time.monotonic`. Closes the server.
    """
    search = SEARCHES.get(entity)
    if search is None:
        return (None,) * len(questions)
    with closing(server):
        where, are_all = _scope(server, search, experiments)
        stop = time.monotonic() + _SHARE_OF_TIME * (deadline - time.monotonic())
        counts: list[Count | None] = []
        for left in range(len(questions), 0, -1):
            # What one question leaves of its time is for those behind it.
            share = time.monotonic() + min(_SECONDS_OF_ONE, (stop - time.monotonic()) / left)
            count = _count(server, search, where, questions[-left], share)
            counts.append(count if are_all or count is None else _at_least(count))
        return tuple(counts)


def _scope(server: Server, search: Search, experiments: Sequence[str]) -> tuple[dict[str, Any], bool]:
    """Return where to search, and whether that is all that was asked for."""
    if search.in_experiments is None:
        return {}, True
    ids, are_all = experiment_ids(server, experiments)
    return search.in_experiments(ids), are_all


def _at_least(count: Count) -> Count | None:
    return Count(count.number, is_exact=False) if count.number else None


def _count(
    server: Server, search: Search, where: dict[str, Any], question: Question, stop: float
) -> Count | None:
    view = {search.view: _VIEWS[question.view]} if search.view else {}
    if question.view == "deleted" and not view:
        return None
    text = f"{search.filter} AND {question.filter}" if search.filter and question.filter else ""
    body = {**where, **view, search.filter_field: text or search.filter or question.filter}
    seen: set[object] = set()
    newest: int | None = None
    try:
        for entries, is_last in _pages(server, search, body):
            if not seen and entries:
                newest = search.began(entries[0])
            seen.update(map(search.id_of, entries))
            if is_last or len(seen) >= MAX_COUNT or time.monotonic() > stop:
                return Count(len(seen), is_last, newest)
    except StoreError as error:
        if error.kind not in {"bad-answer", "timeout"}:
            raise
    return None


def _pages(
    server: Server, search: Search, body: dict[str, Any]
) -> Iterator[tuple[list[dict[str, Any]], bool]]:
    """Yield what is found, page by page, and whether a page is the last one."""
    token, size = "", _FIRST_PAGE
    while True:
        asked = {**body, "max_results": size, **({"page_token": token} if token else {})}
        answer = server.get(search.query(asked)) if search.is_get else server.post(search.path, asked)
        token, size = str(answer.get("next_page_token") or ""), _LATER_PAGE
        yield objects_of(answer, search.found), not token
