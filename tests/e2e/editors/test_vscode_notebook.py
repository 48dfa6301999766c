"""VS Code with the extension: what is underlined, mended and offered in the cells of a notebook."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from support.vscode import code_server, running_browser, workbench

if TYPE_CHECKING:
    from pathlib import Path

    from support.editors import Project

pytestmark = pytest.mark.editors


def test_cells_are_judged_together_and_mended_one_by_one(
    project: Project, tracking_uri: str, tmp_path: Path
) -> None:
    settings: dict[str, object] = {"mlq.trackingUri": tracking_uri, "mlq.experiments": ["churn"]}
    with (
        code_server(tmp_path / "vscode", settings) as server,
        running_browser() as chromium,
        workbench(chromium) as editor,
    ):
        editor.open(server.address, project.notebook)
        constant = editor.cell("SMALL = ")
        try:
            constant.locator(".squiggly-error").wait_for()
            editor.screenshot("notebook")
            assert editor.squiggles().count() == 1

            constant.locator(".view-line").click()
            constant.locator(".monaco-editor.focused").wait_for()
            editor.press("F8")
            editor.finding().wait_for()
            editor.press("Escape")
            editor.finding().wait_for(state="detached")
            editor.press("Control+k")
            editor.press("Control+i")
            editor.hover_widget().get_by_text("Quick Fix...").wait_for()
            editor.press("Control+.")
            editor.quick_fixes().filter(has_text="Quote").first.click()
            editor.line("SMALL = \"params.batch_size = '32'\"").wait_for()
            editor.squiggles().wait_for(state="detached")

            server.wait_for_log(r"keys from .* in \d+ runs")
            editor.cell("search_runs").locator(".view-line").last.click()
            editor.press("End")
            editor.press("ArrowLeft")
            editor.press("ArrowLeft")
            editor.type("metrics.")
            editor.suggestions().filter(has_text="val_loss").wait_for()
        finally:
            sys.stdout.write(f"{editor.screenshot('notebook-last')}\n{server.log()}\n")
