"""Bring the settings and languages that the server declares into package.json, as the tests want it."""

from __future__ import annotations

import json
from pathlib import Path

from mlq.hosts.languages import IN_EDITORS
from mlq.settings.schema import vscode_properties

MANIFEST = Path(__file__).parents[1] / "package.json"
# What the extension keeps for itself, beside the server's settings.
OWN = {
    "mlq.path": {
        "type": "string",
        "default": "",
        "markdownDescription": "The language server to run, such as `~/tools/bin/mlq-lsp` or "
        "`${workspaceFolder}/env/bin/mlq-lsp`. Empty: the one in the project's Python environment, "
        "else on PATH, else the one that comes with this extension.",
        "scope": "machine-overridable",
    },
    "mlq.trace.server": {
        "type": "string",
        "enum": ["off", "messages", "verbose"],
        "default": "off",
        "markdownDescription": "What to log of the messages between VS Code and the server.",
        "scope": "window",
    },
}


def updated(manifest: str) -> str:
    """Return the text of package.json with the settings and languages of today."""
    content = json.loads(manifest)
    content["activationEvents"] = [f"onLanguage:{name}" for name in IN_EDITORS]
    content["contributes"]["configuration"]["properties"] = vscode_properties() | OWN
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    MANIFEST.write_text(updated(MANIFEST.read_text(encoding="utf-8")), encoding="utf-8")
