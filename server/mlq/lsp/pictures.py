"""The recorded pictures of keys that settings name, read anew when their files change."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mlq.keys.picture import read_picture

if TYPE_CHECKING:
    from mlq.keys.index import KeyIndex
    from mlq.settings import Settings

logger = logging.getLogger(__name__)


class Pictures:
    """Reads each file once as long as it stays the same; one that cannot be read is logged, and empty."""

    def __init__(self) -> None:
        self._read: dict[Path, tuple[int, Mapping[str, KeyIndex]]] = {}

    def get(self, settings: Settings, folder: Path) -> Mapping[str, KeyIndex]:
        """Return the recorded keys of each entity for a workspace folder."""
        if not settings.keys:
            return {}
        file = settings.folder("keys", folder) / settings.keys
        try:
            changed = file.stat().st_mtime_ns
        except (OSError, ValueError):
            changed = 0
        known = self._read.get(file)
        if known is None or known[0] != changed:
            known = self._read[file] = (changed, _read(file))
        return known[1]


def _read(file: Path) -> Mapping[str, KeyIndex]:
    try:
        return read_picture(file.read_text(encoding="utf-8"))
    except OSError as error:
        logger.warning("%s: %s", file, (error.strerror or str(error)).lower())
    except ValueError as error:
        logger.warning("%s: %s", file, error)
    return {}
