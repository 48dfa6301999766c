"""The settings as JSON Schema has them: for VS Code, and for whoever checks or completes `mlq.toml`."""

from __future__ import annotations

from typing import Any

from mlq.settings.kinds import KINDS
from mlq.settings.options import OPTIONS, Option


def vscode_properties() -> dict[str, dict[str, Any]]:
    """Return `contributes.configuration.properties` of the VS Code extension.

    Trust is not among them: VS Code has its own, which the extension passes on.
    """
    return {f"mlq.{option.camel}": _vscode_property(option) for option in OPTIONS if not option.is_clients}


def file_schema() -> dict[str, Any]:
    """Return the JSON Schema of `mlq.toml` and of `[tool.mlq]`."""
    properties = {
        option.name: {**KINDS[option.kind].schema, "description": option.prose}
        for option in OPTIONS
        if not option.is_clients
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of mlq",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _vscode_property(option: Option) -> dict[str, Any]:
    # VS Code sends defaults as if the person had set them. So each has to be a value that counts as unset,
    # or it would hide what a file says.
    row = KINDS[option.kind]
    shape = {**row.schema, "type": [row.schema["type"], "null"]} if row.unset is None else {**row.schema}
    return {**shape, "default": row.unset, "markdownDescription": option.prose, "scope": "resource"}
