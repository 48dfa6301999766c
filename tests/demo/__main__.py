"""The main job from end to end, for people to watch: `make demo`.

Everything it makes is in the folder that is named on the command line.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

from demo.editing import FILE, edit_in_an_editor
from demo.telling import chapter, say, shell

PROJECT = Path(__file__).parent / "project"
STORE_SCRIPT = Path(__file__).parents[1] / "support" / "churn_store.py"
BIN = Path(sys.executable).parent
ROOT = Path(__file__).parents[2]
NEOVIM = """\
vim.opt.runtimepath:append("{root}/editors/neovim")
vim.lsp.config("mlq", {{ cmd = {{ "{server}" }}, init_options = {{ trustWorkspace = true }} }})
vim.lsp.enable("mlq")
vim.diagnostic.config({{ virtual_text = true }})
vim.opt.completeopt = {{ "menuone", "noselect", "fuzzy" }}
vim.api.nvim_create_autocmd("LspAttach", {{
  callback = function(event)
    vim.lsp.completion.enable(true, event.data.client_id, event.buf, {{ autotrigger = true }})
  end,
}})
"""


def main(folder: Path) -> int:
    """Make the store, check the sample project, run a query, and edit a file through the language server."""
    keep_to(folder)
    make_store(folder)
    copy_project(folder)
    check_project(folder)
    asyncio.run(edit_in_an_editor(folder))
    say_what_next(folder)
    return 0


def keep_to(folder: Path) -> None:
    """Let nothing that runs here look or write elsewhere."""
    scratch = folder / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    for name in [name for name in os.environ if name.startswith("MLFLOW_")]:
        del os.environ[name]
    # MLflow leaves a lock in the folder for temporary files.
    os.environ["TMPDIR"] = str(scratch)
    os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true", MLFLOW_LOGGING_LEVEL="ERROR")


def make_store(folder: Path) -> None:
    """Let the real MLflow log some dozens of runs, unless it has done so before."""
    chapter("An MLflow store")
    store = folder / "mlflow.db"
    if store.exists():
        say(f"{store} is there from the last time.")
    else:
        say(f"The real MLflow makes {store} and logs churn models to it (half a minute) ...")
        subprocess.run(
            [sys.executable, STORE_SCRIPT, folder], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
    say("What is in it:\n")
    shell("mlq keys", folder, BIN)


def copy_project(folder: Path) -> None:
    """Put the sample files beside the store, as they were written."""
    for file in PROJECT.iterdir():
        if file.is_file():
            shutil.copyfile(file, folder / file.name)
    say(f"Beside it: {', '.join(sorted(file.name for file in PROJECT.iterdir() if file.is_file()))}.")


def check_project(folder: Path) -> None:
    """Show what the command line says."""
    chapter("The command line")
    for command in ("mlq-check --list", "mlq-check", "mlq rule MLQ401", "mlq run churn.mlq best"):
        shell(command, folder, BIN)


def say_what_next(folder: Path) -> None:
    """Tell how to see the same in an editor."""
    chapter("Your turn")
    settings = folder / "neovim.lua"
    settings.write_text(NEOVIM.format(root=ROOT, server=BIN / "mlq-lsp"), encoding="utf-8")
    say(f"""\
VS Code:      make vsix
              code --install-extension {ROOT}/editors/vscode/mlq.vsix
              code {folder}

Neovim 0.11:  nvim -u {settings} {folder}/{FILE}

Type `metrics.` in a filter there: what you are offered comes from the store that was made above.""")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
