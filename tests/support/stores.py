"""Stores made by the real MLflow, each in a process of its own, so that no test imports mlflow for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

QUIET_MLFLOW = {"MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}


def environ_without_mlflow(**more: str) -> dict[str, str]:
    """Return this process's environment without MLflow's variables, with telemetry off and `more` set."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")}
    return clean | QUIET_MLFLOW | more


def make_churn_store(folder: Path) -> str:
    """Make the store of `churn_store.py` in a folder, unless it is there, and return its tracking URI."""
    script = Path(__file__).with_name("churn_store.py")
    made = subprocess.run(
        [sys.executable, script, folder],
        env=environ_without_mlflow(),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return made.stdout.strip()
