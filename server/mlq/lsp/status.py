"""What the status bar says of a document's store: which one, how many keys, and why that one or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from mlq.tracking.uri import show_uri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lsprotocol.types import ClientCapabilities

    from mlq.lsp.asker import Asker, Searched
    from mlq.lsp.sheets import Sheet
    from mlq.tracking.protocol import Store

METHOD = "mlq/status"
CAPABILITY = "mlqStatus"
"""The experimental capability by which a client says that it shows what `METHOD` tells."""


@dataclass(frozen=True, slots=True)
class Status:
    """A short text for a status bar, and the sentences behind it; `has_keys` tells whether any are known."""

    text: str
    details: tuple[str, ...]
    has_keys: bool

    def to_json(self, uri: str) -> dict[str, object]:
        """Return the parameters of the notification for a document."""
        return {"uri": uri, "text": self.text, "details": list(self.details), "hasKeys": self.has_keys}


class Statuses:
    """Tells the client of each document's status when it changes."""

    def __init__(self, notify: Callable[[str, object], None]) -> None:
        self._notify = notify
        self._shown: dict[str, Status] = {}

    def show(self, sheet: Sheet, asker: Asker, searched: Iterable[Searched]) -> None:
        """Tell of the documents of a sheet."""
        found = status_of(sheet, asker, searched)
        for part in sheet.parts:
            uri = part.document.uri
            if self._shown.get(uri) != found:
                self._shown[uri] = found
                self._notify(METHOD, found.to_json(uri))

    def forget(self, uri: str) -> None:
        """Tell of a document anew when it is opened again."""
        self._shown.pop(uri, None)


def is_wanted(can: ClientCapabilities) -> bool:
    """Whether the client says that it shows statuses."""
    offered = can.experimental
    return isinstance(offered, dict) and bool(offered.get(CAPABILITY))


def status_of(sheet: Sheet, asker: Asker, searched: Iterable[Searched]) -> Status:
    """Return what is known of the stores that a document's searches ask; the first one's is the text."""
    found = [_one(sheet, asker, each) for each in searched]
    details = tuple(dict.fromkeys(detail for one in found for detail in one.details))
    best = next((one for one in found if one.has_keys), found[0])
    more = len({one.text for one in found}) - 1
    return Status(best.text + (f" (+{more})" if more else ""), details, best.has_keys)


def _one(sheet: Sheet, asker: Asker, searched: Searched) -> Status:
    entity, reference = searched
    resolved = asker.resolved(entity, reference)
    said = next((each for each in reference.said if each == resolved.said), None)
    sentence = resolved.sentence(place_of(sheet, said.span.start) if said else "")
    picture = asker.picture(entity, reference)
    index = picture.indexes.get(entity) if picture else None
    problem = picture.problems.get(entity) if picture else None
    if resolved.store is None or (problem and not index):
        reason = (f"no keys: {problem}",) if problem else ()
        return Status("mlq: no keys", (sentence, *reason), has_keys=False)
    name = _name(resolved.store)
    if index is None:
        return Status(f"mlq: {name} …", (sentence,), has_keys=False)
    old = f"; they may be old: {problem}" if problem else ""
    return Status(f"mlq: {name} · {index.size} keys", (sentence + old,), has_keys=True)


def _name(store: Store) -> str:
    experiments = ", ".join(store.experiments)
    return f"{experiments} @ {show_uri(store.uri)}" if experiments else show_uri(store.uri)


def place_of(sheet: Sheet, offset: int) -> str:
    """Return where an offset of a sheet is, for people: `train.py:12`, and in a notebook `cell 3:2`."""
    for number, part in enumerate(sheet.parts, start=1):
        if part.span.touches(offset):
            line = sheet.text.count("\n", part.span.start, offset) + 1
            is_cell = sheet.language == "ipython"
            return f"cell {number}:{line}" if is_cell else f"{PurePath(sheet.path).name}:{line}"
    return PurePath(sheet.path).name
