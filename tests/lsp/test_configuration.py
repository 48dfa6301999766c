"""The editor and the terminal report the same: one tree, checked by both with its files of settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from mlq.lsp.configuration import Configuration
from support.cli import run_here

SCRIPT = """\
mlflow.search_runs(filter_string="params.batch_size = 32")
mlflow.search_runs(filter_string="status = 'Completed'")  # mlq: ignore[MLQ502]
mlflow.search_runs(filter_string="metrics.a > 'x'")  # noqa
"""
TREE = {
    "mlq.toml": 'exclude = ["old/", "*_pb2.py"]\nper-file-ignores = { "tests/" = ["MLQ001"] }\n',
    "train.py": SCRIPT,
    "train_pb2.py": SCRIPT,
    "old/train.py": SCRIPT,
    "old/mlq.toml": "",
    "tests/test_train.py": SCRIPT.replace("32", "'32'").replace("  # noqa", "  # noqa: MLQ401"),
    "package/pyproject.toml": '[tool.mlq]\nseverity = { MLQ4 = "hint" }\nextend-exclude = ["generated"]\n',
    "package/train.py": SCRIPT,
    "package/generated/deep/train.py": SCRIPT,
    "package/wrong/mlq.toml": 'selct = ["MLQ5"]\nignore = ["MLQ401"]\n',
    "package/wrong/train.py": SCRIPT + "x = 1  # mlq: ignore\n",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Scripts, and settings that overrule each other."""
    for name, text in TREE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def servers(tree: Path) -> list[tuple[str, str, str]]:
    """Return what the server shows of each script when it is open."""
    configuration = Configuration()
    found = []
    for name in sorted(TREE):
        path = tree / name
        if path.suffix == ".py":
            selection = configuration.selection(path, path.parent, tree)
            analysis = Analysis(Document(TREE[name], "python", str(path)), selection=selection)
            found += [(name, each.finding.code, each.finding.severity) for each in analysis.diagnostics()]
    return found


def test_both_say_the_same(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminals = run_here(monkeypatch, capsys, tree, "check", "--output-format", "json").json

    said = sorted((each["path"], each["code"], each["severity"]) for each in terminals)
    assert said == sorted(servers(tree))
    assert said == [
        ("package/train.py", "MLQ401", "hint"),
        ("package/wrong/train.py", "MLQ001", "information"),
        ("tests/test_train.py", "MLQ404", "error"),
        ("train.py", "MLQ401", "error"),
    ]
