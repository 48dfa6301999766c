"""The filters and searches that a traceback shows in its lines of code."""

from __future__ import annotations

import re
from textwrap import dedent

from mlq.hosts import find_regions
from mlq.hosts.apis import APIS

_FRAME = re.compile(r"^[ \t]+File \".*\n((?:[ \t]{4,}.*\n?)+)", re.MULTILINE)
_CELL = re.compile(r"^-+> *\d+ (.*)$", re.MULTILINE)
_CARETS = re.compile(r"^[\s~^]+$", re.MULTILINE)
_CALL = re.compile(r"\b(" + "|".join(APIS) + r")\(")


def traced_filters(text: str) -> list[tuple[str, str]]:
    """Return each filter that stands in the code of a traceback, behind what it searches."""
    found = [(region.entity, region.text) for code in _code(text) for region in find_regions(code, "python")]
    return list(dict.fromkeys(found))


def traced_entities(text: str) -> tuple[str, ...]:
    """Return what is searched by the calls that a traceback shows, the innermost first."""
    return tuple(dict.fromkeys(APIS[name].entity for name in reversed(_CALL.findall(text))))


def _code(text: str) -> list[str]:
    frames = [dedent(_CARETS.sub("", block)).strip() for block in _FRAME.findall(text)]
    return [code for code in (*frames, *_CELL.findall(text)) if code]
