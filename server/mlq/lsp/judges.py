"""Which MLflow judges the documents of a folder, and why; looked up again from time to time."""

from __future__ import annotations

import logging
import os
import time
from typing import TYPE_CHECKING

from mlq.versions.choice import Chosen, Clue
from mlq.versions.project import detect

if TYPE_CHECKING:
    from pathlib import Path

    from mlq.settings import Settings

logger = logging.getLogger(__name__)

# An update of the environment is no file of the workspace that a client would tell of.
LOOK_AGAIN_SECONDS = 30.0

_Key = tuple["Path", str, str]


class Judges:
    """Remembers what was found for each folder; each new finding is logged once."""

    def __init__(self) -> None:
        self._known: dict[_Key, tuple[float, Chosen]] = {}
        self._told: dict[Path, Chosen] = {}

    def get(self, settings: Settings, folder: Path, root: Path, server_version: str = "") -> Chosen:
        """Return the MLflow that judges; `server_version` is what the connected server says it is, if any."""
        key = (folder, settings.mlflow_version, server_version)
        found_at, known = self._known.get(key, (0.0, None))
        now = time.monotonic()
        if known is None or now > found_at + LOOK_AGAIN_SECONDS:
            known = detect(
                folder,
                os.environ,
                workspace=root,
                setting=_setting(settings),
                server=Clue(server_version, "the tracking server's") if server_version else None,
            )
            self._known[key] = (now, known)
            self._tell(root, known)
        return known

    def forget(self) -> None:
        """Look everything up again at the next question."""
        self._known.clear()

    def _tell(self, root: Path, chosen: Chosen) -> None:
        if self._told.get(root) == chosen:
            return
        self._told[root] = chosen
        logger.info("filters are judged by %s", chosen)
        if chosen.note:
            logger.warning("%s", chosen.note)


def _setting(settings: Settings) -> Clue | None:
    if not settings.mlflow_version:
        return None
    return Clue(settings.mlflow_version, settings.source("mlflow-version"))
