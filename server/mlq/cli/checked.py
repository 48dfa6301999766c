"""One text and what was found in it: what every output format prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlq.hosts.region import FilterRegion
    from mlq.ide.model import Diagnostic


class UncheckableError(Exception):
    """Raised when an input cannot be checked; the message says why, in one line and without its name."""


class NotJudgedError(UncheckableError):
    """Raised when an input is right, and there is no verdict on it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A text, the filters in it and its findings.

    `path` is what people call it; `unjudged` are the entities of the filters that mlq has no table of;
    `language` is that of `mlq.hosts.languages`.
    """

    path: str
    text: str
    regions: tuple[FilterRegion, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    unjudged: tuple[str, ...] = ()
    language: str = ""
