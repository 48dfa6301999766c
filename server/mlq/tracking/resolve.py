"""Which store a folder's keys come from: the setting, else MLFLOW_TRACKING_URI, else a trusted `mlflow.db`.

The last one is what MLflow itself makes when nobody names a store, and is only read where it exists. What a
file of the workspace sets is a setting only once the person trusts the workspace: its reader sees to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.tracking.uri import show_uri

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VARIABLE = "MLFLOW_TRACKING_URI"
DEFAULT_STORE = "mlflow.db"


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
    if not (folder / DEFAULT_STORE).is_file():
        return None, f"no keys: no tracking URI set, no {VARIABLE}, no {DEFAULT_STORE} in {folder}"
    if not trusted:
        return None, f"no keys: {DEFAULT_STORE} in {folder} is not read until the workspace is trusted"
    uri = f"sqlite:///{DEFAULT_STORE}"
    return uri, f"keys from {uri} (found in {folder})"
