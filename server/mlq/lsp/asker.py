"""Asks for the keys that the searches of one document may use: its place and settings say of which store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlq.hosts.store_reference import StoreReference
    from mlq.keys.index import KeyIndex
    from mlq.lsp.keys import Keys, Picture
    from mlq.tracking.resolve import Asked, Resolved

Searched = tuple[str, "StoreReference"]
"""What a search asks for: the entity, and what its file says of the store."""


@dataclass(frozen=True, slots=True)
class Asker:
    """One document's view of the keys; `asked` is all that decides on the store but what each search says."""

    keys: Keys
    asked: Asked

    def get(self, entity: str, reference: StoreReference) -> KeyIndex:
        """Return the known keys of the store that a search asks, at once."""
        return self.keys.get(self._about(reference), entity)

    def resolved(self, entity: str, reference: StoreReference) -> Resolved:
        """Return which store a search asks, and why."""
        return self.keys.resolved(self._about(reference), entity)

    def picture(self, entity: str, reference: StoreReference) -> Picture | None:
        """Return what is known of the store that a search asks."""
        return self.keys.picture(self._about(reference), entity)

    def touch(self, searched: Iterable[Searched]) -> None:
        """Let the keys be renewed that these searches may use, where they are due."""
        for entity, reference in searched:
            self.keys.touch(self._about(reference), [entity])

    def server_version(self, searched: Iterable[Searched]) -> str:
        """Return the version of the first server that is known to be asked; empty where none is."""
        versions = (self.get(*each).mlflow_version for each in searched)
        return next((version for version in versions if version), "")

    def _about(self, reference: StoreReference) -> Asked:
        return replace(self.asked, reference=reference)
