"""Parts of a file that people see as texts of their own: the cells of a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlq.hosts import module_of
from mlq.hosts.region import OffsetMap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Page:
    """A part: its number from 1, what it says, where in the file that stands, and how to read text there."""

    number: int
    text: str
    map: OffsetMap
    read: Callable[[str], str]


def pages_of(text: str, language: str) -> Sequence[Page]:
    """Return the parts of a file that are not empty, in order; none where people see the file itself."""
    host = module_of(language, "pages")
    found: Sequence[Page] = host.pages(text) if host else ()
    return found
