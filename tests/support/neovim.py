"""The real Neovim, without a screen: keys go in, and what it shows is asked for."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from support.editors import NEOVIM, NEOVIM_PLUGIN, PATIENCE_SECONDS, installed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Neovim:
    """A running Neovim that listens on a socket."""

    socket: Path

    def type(self, keys: str) -> None:
        """Press keys, written as in mappings: `<Esc>`."""
        self._ask("--remote-send", keys)

    def lua(self, expression: str) -> Any:
        """Return the value of a Lua expression."""
        encoded = _vim_string(f"vim.json.encode({expression})")
        return json.loads(self._ask("--remote-expr", f"luaeval({encoded})"))

    def wait_for(self, expression: str) -> Any:
        """Return the value of a Lua expression once it is neither nil nor false; Neovim's events go on."""
        found = self.lua(f"""(function()
            local found
            vim.wait({PATIENCE_SECONDS * 1000}, function() found = {expression} return found end)
            return found or false
        end)()""")
        assert found, f"Neovim waited in vain for {expression}\n{self.report()}"
        return found

    def report(self) -> str:
        """Return what helps to see why something did not happen."""
        log = self.lua("table.concat(logged, '\\n')")
        buffer = self.lua("table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n')")
        messages = self.lua("vim.fn.execute('messages')")
        return f"The buffer:\n{buffer}\nMessages: {messages}\nThe server's log:\n{log}"

    def _ask(self, how: str, what: str) -> str:
        command: list[str | Path] = [installed(NEOVIM), "--server", self.socket, how, what]
        answered: subprocess.CompletedProcess[str] = subprocess.run(
            command, capture_output=True, text=True, timeout=2 * PATIENCE_SECONDS, check=False
        )
        assert answered.returncode == 0, answered.stderr
        return answered.stdout


@contextlib.contextmanager
def neovim(folder: Path, file: Path, settings: Mapping[str, object], path: str) -> Iterator[Neovim]:
    """Open a file in a Neovim that has nothing but our plugin, enabled as the README says.

    `path` is the PATH on which it finds the server.
    """
    folder.mkdir(parents=True)
    configuration = folder / "init.lua"
    configuration.write_text(_init(settings), encoding="utf-8")
    socket = folder / "socket"
    command: list[str | Path] = [
        installed(NEOVIM),
        "--clean",
        "--headless",
        "-u",
        configuration,
        "--listen",
        socket,
    ]
    homes = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    environment = os.environ | homes | {"PATH": path}
    with subprocess.Popen([*command, file], env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            # The configuration's last line says that it has been read; the socket is there before.
            assert process.stderr.readline().strip() == "ready"
            yield Neovim(socket)
        finally:
            process.kill()


def _init(settings: Mapping[str, object]) -> str:
    return f"""
vim.opt.runtimepath:prepend({json.dumps(str(NEOVIM_PLUGIN))})
vim.lsp.config('mlq', {{ settings = {{ mlq = vim.json.decode({_lua_string(json.dumps(settings))}) }} }})
vim.lsp.enable('mlq')
{_completion_of_the_manual()}
logged = {{}}
vim.lsp.handlers['window/logMessage'] = function(_, params) table.insert(logged, params.message) end
vim.api.nvim_create_autocmd('VimEnter', {{ callback = function() io.stderr:write('ready\\n') end }})
"""


def _completion_of_the_manual() -> str:
    manual = (NEOVIM_PLUGIN / "doc" / "mlq.txt").read_text(encoding="utf-8")
    return manual.partition("*mlq-completion*")[2].partition(">lua\n")[2].partition("\n<")[0]


def _vim_string(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _lua_string(text: str) -> str:
    return f"[==[{text}]==]"
