"""From a project's settings, folders and environment to the store that its searches ask."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mlq.tracking import dotenv
from mlq.tracking.resolve import Asked, Resolved, Setting, Surroundings, resolve

if TYPE_CHECKING:
    from pathlib import Path

    from mlq.settings import Settings


def asked_by(settings: Settings, workspace: Path, folders: tuple[Path, ...], mlflow_version: str) -> Asked:
    """Return what settings say of the store, for programs that may be started in one of these folders."""
    uri, name = settings.tracking_uri, "tracking-uri"
    said = Setting(uri, settings.source(name), settings.folders.get(name), settings.is_of_file(name))
    return Asked(
        workspace=workspace,
        folders=folders,
        mlflow_version=mlflow_version,
        setting=said if uri else None,
        experiments=settings.experiments,
        is_trusted=settings.trust_workspace,
        is_connected=settings.connect,
    )


def working_folders(folder: Path, workspace: Path, *, is_notebook: bool = False) -> tuple[Path, ...]:
    """Return the folders that a program of a folder may be started in, the likeliest first.

    Notebooks run where they are; other programs are mostly started at the top of their workspace.
    """
    if not folder.is_relative_to(workspace):
        return (workspace,)
    above = [folder, *(parent for parent in folder.parents if parent.is_relative_to(workspace))]
    return tuple(above if is_notebook else [workspace, *above[:-1]])


def decide(asked: Asked, entity: str) -> Resolved:
    """Return the store that is asked in this process's environment, and with the nearest `.env`.

    That is a file of the workspace, of which nothing is heard until the person trusts it.
    """
    text = dotenv.nearest(asked.folders) if asked.is_trusted else ""
    return resolve(asked, Surroundings(os.environ, dotenv.parse(text, os.environ)), entity)
