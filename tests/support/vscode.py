"""The real VS Code: its workbench in a headless browser, its extension host beside it (code-server)."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from support.editors import (
    CODE_SERVER,
    EXTENSION,
    NODE,
    PATIENCE_SECONDS,
    SCREENSHOTS,
    browser,
    installed,
    missing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

_LISTENS = re.compile(r"HTTP server listening on (http://\S+)")
_LOG_WRITER = CODE_SERVER / "lib/vscode/node_modules/@vscode/spdlog/build/Release/spdlog.node"
_SETTINGS = {
    "chat.disableAIFeatures": True,
    "editor.accessibilitySupport": "off",
    "editor.hover.sticky": True,
    "extensions.ignoreRecommendations": True,
    "files.autoSave": "off",
    "security.workspace.trust.enabled": False,
    "telemetry.telemetryLevel": "off",
    "update.mode": "none",
    # A file that is opened before all extensions are read is text otherwise.
    "workbench.editorAssociations": {"*.ipynb": "jupyter-notebook"},
    "workbench.colorTheme": "Default Light Modern",
    "workbench.reduceMotion": "on",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
}
_BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
)


@dataclass(frozen=True, slots=True)
class CodeServer:
    """A running VS Code: its address, and the folder of its logs."""

    address: str
    logs: Path

    def log(self) -> str:
        """Return what the extension and its server have logged, in all windows."""
        files = sorted(self.logs.glob("*/exthost*/mlq.mlq/mlq.log"))
        return "\n".join(file.read_text(encoding="utf-8") for file in files)

    def wait_for_log(self, *parts: str) -> None:
        """Wait until the log has these patterns, one after the other."""
        if not _LOG_WRITER.exists():
            missing("VS Code writes no log: make test-editors found no compiler for its writer, spdlog")
        pattern = re.compile(".*".join(parts), re.DOTALL)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not pattern.search(self.log()):
            assert time.monotonic() < deadline, f"the log never said {parts}:\n{self.log()}"
            time.sleep(0.1)


@contextlib.contextmanager
def code_server(folder: Path, settings: dict[str, object], path: str | None = None) -> Iterator[CodeServer]:
    """Run VS Code with the extension installed and these user settings.

    `path` is the PATH that the extension sees.
    """
    data = folder / "data"
    written = data / "User" / "settings.json"
    written.parent.mkdir(parents=True)
    written.write_text(json.dumps(_SETTINGS | settings), encoding="utf-8")
    command: list[str | Path] = [
        *(installed(NODE), installed(CODE_SERVER) / "out" / "node" / "entry.js"),
        *("--user-data-dir", data, "--extensions-dir", folder / "extensions"),
        *("--disable-telemetry", "--disable-update-check"),
    ]
    environment = _environment(path)
    install = [*command, "--install-extension", installed(EXTENSION)]
    subprocess.run(install, check=True, capture_output=True, env=environment)
    log = (folder / "code-server.log").open("w", encoding="utf-8")
    serve = [*command, "--bind-addr", "127.0.0.1:0", "--auth", "none"]
    with subprocess.Popen(
        serve, stdout=subprocess.PIPE, stderr=log, text=True, env=environment, start_new_session=True
    ) as process:
        assert process.stdout
        try:
            yield CodeServer(_address(process.stdout, log.name), data / "logs")
        finally:
            # The extension host and the language server are its grandchildren, and have its session.
            os.killpg(process.pid, signal.SIGKILL)


def _environment(path: str | None) -> dict[str, str]:
    # What a VS Code around the tests says to its children would reach the one within.
    ours = {key: value for key, value in os.environ.items() if not key.startswith("VSCODE_")}
    # As if started from a terminal: the environment is this one, not that of a login shell.
    return ours | {"VSCODE_CLI": "1"} | ({"PATH": path} if path else {})


def _address(lines: Iterable[str], log: str) -> str:
    seen = []
    for line in lines:
        seen.append(line)
        if match := _LISTENS.search(line):
            return match[1].rstrip("/")
    raise AssertionError(f"code-server ended before it listened; it said {seen}, and more in {log}")


@dataclass(frozen=True, slots=True)
class Workbench:
    """What a person sees and does in one window."""

    page: Page

    def open(self, address: str, file: Path) -> None:
        """Open a file with its folder as the workspace, and wait for the editor to have it."""
        authority = address.split("://")[1]
        payload = json.dumps([["openFile", f"vscode-remote://{authority}{file}"]])
        self.page.goto(f"{address}/?folder={quote(str(file.parent))}&payload={quote(payload)}")
        self.page.locator(".view-line").first.wait_for()

    def squiggles(self) -> Locator:
        """The underlines of errors."""
        return self.page.locator(".monaco-editor .squiggly-error")

    def line(self, text: str) -> Locator:
        """The lines of the editor that hold a text."""
        return self.page.locator(".monaco-editor .view-line", has_text=text)

    def cell(self, text: str) -> Locator:
        """The notebook's cell that holds a text."""
        return self.page.locator(".notebookOverlay .cell-editor-part", has_text=text)

    def place_cursor(self, line: int, column: int) -> None:
        """Put the cursor somewhere, and wait until the status bar says that it is there."""
        self.page.locator(".monaco-editor .view-lines").first.click()
        self.page.keyboard.press("Control+g")
        prompt = self.page.locator(".quick-input-widget input")
        prompt.fill(f":{line}:{column}")
        prompt.press("Enter")
        self.page.get_by_text(f"Ln {line}, Col {column}", exact=True).wait_for()

    def hover_widget(self) -> Locator:
        """What is told of the thing under the mouse."""
        return self.page.locator(".monaco-hover:visible")

    def finding(self) -> Locator:
        """What unfolds below a line when one goes to its finding."""
        return self.page.locator(".marker-widget")

    def quick_fixes(self) -> Locator:
        """The entries of the menu of fixes."""
        return self.page.locator(".action-widget .monaco-list-row")

    def suggestions(self) -> Locator:
        """The entries of the completion popup."""
        return self.page.locator(".suggest-widget.visible .monaco-list-row")

    def chosen_suggestion(self) -> Locator:
        """The entry of the completion popup that Enter takes."""
        return self.page.locator(".suggest-widget.visible .monaco-list-row.focused")

    def press(self, key: str) -> None:
        """Press a key or a chord."""
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type as a person does, key by key."""
        self.page.keyboard.type(text)

    def screenshot(self, name: str) -> Path:
        """Save what is on the screen, and return where."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path


@contextlib.contextmanager
def running_browser() -> Iterator[Browser]:
    """Yield a headless browser; only one can run at a time."""
    from playwright.sync_api import sync_playwright

    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=browser(), args=_BROWSER_ARGUMENTS) as started,
    ):
        yield started


@contextlib.contextmanager
def workbench(running: Browser) -> Iterator[Workbench]:
    """Yield a window that remembers nothing of other windows."""
    with running.new_context(viewport={"width": 1100, "height": 680}) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_SECONDS * 1000)
        yield Workbench(page)
