"""Which store a folder's keys come from: the setting, else MLFLOW_TRACKING_URI, else what MLflow would make.

The last is a trusted `mlflow.db` or `mlruns`, and only read where it exists. What a file of the workspace
sets is a setting only once the person trusts the workspace: its reader sees to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.tracking.uri import show_uri

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VARIABLE = "MLFLOW_TRACKING_URI"
# What MLflow makes since 3.7, and what it made before.
_DEFAULTS = (("mlflow.db", "sqlite:///mlflow.db"), ("mlruns", "./mlruns"))


def resolve_uri(
    setting: str | None, environ: Mapping[str, str], folder: Path | None, *, trusted: bool
) -> tuple[str | None, str]:
    """Return the tracking URI, or None, and one line for the log that says whence, or why there is none."""
    if setting:
        return setting, f"keys from {show_uri(setting)} (setting)"
    # MLflow takes an empty variable for none.
    variable = environ.get(VARIABLE)
    if variable:
        return variable, f"keys from {show_uri(variable)} ({VARIABLE})"
    if folder is None:
        return None, f"no keys: no tracking URI set, no {VARIABLE}, no folder to look in"
    name, uri = next(((name, uri) for name, uri in _DEFAULTS if (folder / name).exists()), ("", ""))
    if not name:
        names = " and no ".join(name for name, _ in _DEFAULTS)
        return None, f"no keys: no tracking URI set, no {VARIABLE}, no {names} in {folder}"
    if not trusted:
        return None, f"no keys: {name} in {folder} is not read until the workspace is trusted"
    return uri, f"keys from {uri} (found in {folder})"
