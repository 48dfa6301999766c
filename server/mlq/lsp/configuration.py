"""Which settings hold for a document: what the client says over what its nearest file of settings says."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from mlq.ide.selection import NOTHING, is_excluded, selection_for
from mlq.settings import (
    CONFIGURATION,
    INITIALIZATION,
    Layer,
    Problem,
    Settings,
    editor_layer,
    nearest_layer,
    resolve,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mlq.ide.selection import Selection

logger = logging.getLogger(__name__)


class Configuration:
    """The sources of settings; each problem in them is logged once.

    `notice` hears of the first problem of each file.
    """

    def __init__(self, notice: Callable[[Problem], None] = lambda _: None) -> None:
        self._notice = notice
        self._initialization = Layer(INITIALIZATION)
        self._client: dict[Path, Layer] = {}
        self._client_everywhere = Layer(CONFIGURATION)
        self._last_good: dict[Path, Layer | None] = {}
        self._settings: dict[Path, Settings] = {}
        self._told: set[Problem] = set()

    def initialize(self, options: object) -> None:
        """Take the client's initializationOptions."""
        self._initialization = editor_layer(INITIALIZATION, options)
        self.forget()

    def set_client(self, everywhere: object, folders: Mapping[Path, object] | None = None) -> None:
        """Take the client's configuration, and what it says for single workspace folders."""
        self._client_everywhere = editor_layer(CONFIGURATION, everywhere)
        self._client = {
            folder: editor_layer(CONFIGURATION, sent) for folder, sent in (folders or {}).items() if sent
        }
        self.forget()

    def forget(self) -> None:
        """Read the files again at the next question."""
        self._settings.clear()

    def settings(self, folder: Path) -> Settings:
        """Return the settings of the documents in a folder."""
        known = self._settings.get(folder)
        if known is None:
            known = self._settings[folder] = self._resolve(folder)
        return known

    def selection(self, path: Path, folder: Path, root: Path) -> Selection:
        """Return which rules report in a document: none where a folder's settings exclude it."""
        if any(
            is_excluded(self.settings(place.parent), place, root, is_folder=place != path)
            for place in (path, *path.parents)
            if place != root and place.is_relative_to(root)
        ):
            return NOTHING
        return selection_for(self.settings(folder), path, root)

    def _resolve(self, folder: Path) -> Settings:
        file, problems = self._file(folder)
        layers = [self._client_of(folder), self._initialization, *([file] if file else [])]
        settings, more = resolve(layers)
        for problem in (*problems, *more):
            if problem not in self._told:
                is_known = problem.origin in {
                    CONFIGURATION,
                    INITIALIZATION,
                    *(each.origin for each in self._told),
                }
                self._told.add(problem)
                logger.warning("%s", problem)
                if not is_known:
                    self._notice(problem)
        return settings

    def _file(self, folder: Path) -> tuple[Layer | None, list[Problem]]:
        # A file that is broken for the moment of an edit must not switch everything to the defaults.
        layer, problems = nearest_layer(folder)
        if problems:
            return self._last_good.get(folder), problems
        self._last_good[folder] = layer
        return layer, []

    def _client_of(self, folder: Path) -> Layer:
        for parent in (folder, *folder.parents):
            if parent in self._client:
                return self._client[parent]
        return self._client_everywhere
