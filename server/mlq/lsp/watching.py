"""What the client is asked to tell of: files that change, and its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Callable

# What names settings, a version of MLflow or a store.
WATCHED = ("**/pyproject.toml", "**/mlq.toml", "**/*.lock", "**/requirements*.txt", "**/.env")


def registrations(client_can: Callable[[str], bool]) -> list[types.Registration]:
    """Return what to register with a client that can tell of it; `client_can` is asked by capability."""
    wanted = []
    if client_can("workspace.did_change_watched_files.dynamic_registration"):
        options = types.DidChangeWatchedFilesRegistrationOptions(
            watchers=[types.FileSystemWatcher(glob_pattern=pattern) for pattern in WATCHED]
        )
        wanted.append(types.Registration("watch-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if client_can("workspace.did_change_configuration.dynamic_registration"):
        section = {"section": "mlq"}
        wanted.append(types.Registration("watch-settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
    return wanted
