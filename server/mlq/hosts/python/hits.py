"""Where a Python file names MLflow's calls, found without parsing it: most files name none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mlq.hosts.apis import APIS, Api

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEARCH = "search_"
# What to look for by `str.find`, which is many times as fast as a pattern.
_STEMS = (_SEARCH, *(name for name in APIS if not name.startswith(_SEARCH)))
_NAME = re.compile(rf"(?:{'|'.join(sorted(APIS, key=len, reverse=True))})(?!\w)")
_CALLED = re.compile(r"\s*(?:(\()|,)")
_BY_NAME = re.compile(r"getattr\([\w.() \t]*,[ \t]*(['\"])$")
_CALLED_BY_NAME = re.compile(r"['\"][ \t]*\)[ \t]*\(")
_ALIAS = re.compile(r"[ \t]+as[ \t]+(\w+)")
_LAST = re.compile(r"['\"]?[ \t]*(?:[,)]|\r?$)", re.MULTILINE)
_ASSIGNED = re.compile(
    r"\b(\w+)[ \t]*=[ \t]*(?:(?:functools\.)?partial\([ \t]*)?"
    r"(?:[\w.()]*|getattr\([\w.() \t]*,[ \t]*['\"])$"
)
_LONGEST_LINE = 200  # of what stands before a function that gets another name
_MOST = 5_000  # more are no program; keeps the time for a hostile file bounded


class Hit(NamedTuple):
    """A name that may be an API's, in a call of it or where it is handed on."""

    start: int
    end: int
    api: Api
    is_called: bool


@lru_cache(maxsize=8)
def hits_of(text: str) -> tuple[Hit, ...]:
    """Return the names in a text that may be an API's, in order."""
    found: list[Hit] = []
    aliases: dict[str, Api] = {}
    for start, end in _names(text):
        api = APIS[text[start:end]]
        called = _CALLED.match(text, end)
        if called:
            found.append(Hit(start, end, api, bool(called[1])))
        elif _CALLED_BY_NAME.match(text, end) and _BY_NAME.search(text, _line_of(text, start), start):
            found.append(Hit(start, end, api, is_called=True))
        other = _other_name(text, start, end)
        if other and other not in APIS:
            aliases[other] = api
    for alias, api in aliases.items():
        for name in re.finditer(rf"\b{re.escape(alias)}\b", text):
            called = _CALLED.match(text, name.end())
            if called:
                found.append(Hit(*name.span(), api, bool(called[1])))
    return tuple(sorted(found, key=lambda hit: hit.start)[:_MOST])


def _names(text: str) -> Iterator[tuple[int, int]]:
    for stem in _STEMS:
        at = text.find(stem)
        while at >= 0:
            found = _NAME.match(text, at)
            if found and not (at and (text[at - 1].isalnum() or text[at - 1] == "_")):
                yield found.span()
            at = text.find(stem, at + len(stem))


def _other_name(text: str, start: int, end: int) -> str:
    """Return the name that a function gets: `search_runs as find`, `find = mlflow.search_runs`."""
    alias = _ALIAS.match(text, end)
    if alias:
        return alias[1]
    assigned = _ASSIGNED.search(text, _line_of(text, start), start) if _LAST.match(text, end) else None
    return assigned[1] if assigned else ""


def _line_of(text: str, offset: int) -> int:
    """Return where the line of an offset begins, or what of it is looked at."""
    return max(text.rfind("\n", 0, offset) + 1, offset - _LONGEST_LINE)
