"""Every setting, declared once: what editors, files and the command line say is read by this one table."""

from __future__ import annotations

from mlq.settings.files import FILES, configuration_file, file_layer, load, nearest_layer, problems_in
from mlq.settings.options import OPTIONS, Option
from mlq.settings.resolving import editor_layer, resolve
from mlq.settings.values import (
    COMMAND_LINE,
    CONFIGURATION,
    DEFAULT,
    INITIALIZATION,
    Layer,
    Problem,
    Settings,
)

__all__ = [
    "COMMAND_LINE",
    "CONFIGURATION",
    "DEFAULT",
    "FILES",
    "INITIALIZATION",
    "OPTIONS",
    "Layer",
    "Option",
    "Problem",
    "Settings",
    "configuration_file",
    "editor_layer",
    "file_layer",
    "load",
    "nearest_layer",
    "problems_in",
    "resolve",
]
