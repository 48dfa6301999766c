"""VS Code with the extension: what is underlined, offered and mended, in a script and in a query file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.editors import Project, make_project, position
from support.vscode import CodeServer, Workbench, code_server, running_browser, workbench

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.editors


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, tracking_uri: str) -> Iterator[CodeServer]:
    settings: dict[str, object] = {"mlq.trackingUri": tracking_uri, "mlq.experiments": ["churn"]}
    with code_server(tmp_path_factory.mktemp("vscode"), settings) as started:
        yield started


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, tracking_uri: str) -> Project:
    return make_project(tmp_path_factory.mktemp("workspace") / "project", tracking_uri)


@pytest.fixture(scope="module", params=["script", "queries"])
def file(project: Project, request: pytest.FixtureRequest) -> Path:
    return {"script": project.script, "queries": project.queries}[request.param]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_browser() as started:
        yield started


@pytest.fixture(scope="module")
def window(chromium: Browser, server: CodeServer, file: Path) -> Iterator[Workbench]:
    with workbench(chromium) as started:
        started.open(server.address, file)
        yield started


@pytest.fixture
def editor(server: CodeServer, window: Workbench) -> Iterator[Workbench]:
    yield window
    # Shown where the test fails.
    sys.stdout.write(f"Screenshot: {window.screenshot('last')}\nThe log of the extension:\n{server.log()}\n")


def test_the_log_says_which_server_runs_and_why(server: CodeServer, editor: Workbench, file: Path) -> None:
    editor.squiggles().wait_for()
    server.wait_for_log(f"Starting {file.parent}/.venv/bin/mlq-lsp .*project's interpreter")


def test_a_number_for_a_param_is_underlined_explained_and_mended(editor: Workbench, file: Path) -> None:
    editor.squiggles().wait_for()
    editor.place_cursor(*position(file.read_text(), "32"))
    editor.press("Control+k")
    editor.press("Control+i")
    editor.hover_widget().get_by_text("'32'").first.wait_for()
    editor.hover_widget().get_by_text("Quick Fix...").wait_for()
    editor.screenshot(f"hover-{file.name}")

    editor.press("Control+.")
    fix = editor.quick_fixes().filter(has_text="Quote").first
    fix.wait_for()
    editor.screenshot(f"fix-{file.name}")
    fix.click()
    editor.line("params.batch_size = '32'").wait_for()
    editor.squiggles().wait_for(state="detached")


def test_the_keys_of_the_store_are_offered_while_typing(
    server: CodeServer, editor: Workbench, file: Path
) -> None:
    server.wait_for_log(f"Starting {file.parent}", r"keys from .* in \d+ runs")
    start = 'filter_string="' if file.suffix == ".py" else "WHERE "
    editor.place_cursor(*position(file.read_text(), start, after=True))
    editor.type("metrics.")
    editor.suggestions().filter(has_text="val_loss").wait_for()
    editor.screenshot(f"completion-{file.name}")
    editor.type("val_")
    editor.chosen_suggestion().filter(has_text="val_loss").wait_for()
    editor.press("Enter")
    editor.line(f"{start}metrics.val_loss").wait_for()


@pytest.fixture
def restricted_server(tmp_path: Path, tracking_uri: str) -> Iterator[CodeServer]:
    # A machine with a Python and without mlq, where VS Code asks for trust in folders and gets none.
    python = Path(sys.base_prefix, "bin", f"python{sys.version_info.major}.{sys.version_info.minor}")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").symlink_to(python)
    path = os.pathsep.join((str(tmp_path / "bin"), "/usr/bin", "/bin"))
    settings: dict[str, object] = {
        "mlq.trackingUri": tracking_uri,
        "security.workspace.trust.enabled": True,
        "security.workspace.trust.startupPrompt": "never",
    }
    with code_server(tmp_path / "vscode", settings, path) as started:
        yield started


def test_in_a_folder_without_trust_the_bundled_server_runs_not_the_folders_own(
    chromium: Browser, restricted_server: CodeServer, project: Project
) -> None:
    with workbench(chromium) as editor:
        editor.open(restricted_server.address, project.script)
        editor.squiggles().wait_for()
        restricted_server.wait_for_log("Starting .*/bin/python3 -I .*/bundled/mlq_lsp.py", r"in \d+ runs")
        editor.screenshot("restricted")
        assert str(project.environment) not in restricted_server.log()
