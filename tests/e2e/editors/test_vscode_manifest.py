"""The manifest of the VS Code extension says what the server's own tables say."""

from __future__ import annotations

import json

from mlq.hosts.languages import IN_EDITORS
from mlq.settings.schema import vscode_properties
from support.editors import ROOT

MANIFEST = ROOT / "editors" / "vscode" / "package.json"


def test_every_setting_of_the_server_is_in_the_manifest() -> None:
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    declared = manifest["contributes"]["configuration"]["properties"]
    ours = {name: declared[name] for name in vscode_properties() if name in declared}
    assert ours == vscode_properties(), "run python editors/vscode/scripts/settings.py"


def test_every_language_of_the_server_starts_the_extension() -> None:
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    events = [f"onLanguage:{name}" for name in IN_EDITORS]
    assert manifest["activationEvents"] == events, "run python editors/vscode/scripts/settings.py"


def test_the_versions_are_the_same() -> None:
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    assert f'version = "{manifest["version"]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
