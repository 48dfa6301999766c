"""Neovim 0.11 with the plugin: what is underlined, offered and mended, in a script and in a query file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support.editors import Project, position
from support.neovim import Neovim, neovim

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.editors

UNDERLINED = """
(function()
  for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, -1, 0, -1, { details = true })) do
    local from, column, details = mark[2], mark[3], mark[4]
    if details.hl_group == 'DiagnosticUnderlineError' then
      return vim.api.nvim_buf_get_text(0, from, column, details.end_row, details.end_col, {})[1]
    end
  end
end)()
"""
MESSAGE = "(vim.diagnostic.get(0)[1] or {}).message"
STORE_IS_READ = "vim.iter(logged):find(function(line) return line:find('in %d+ runs') end)"
OFFERED = """
vim.fn.pumvisible() == 1 and vim.iter(vim.fn.complete_info({ 'items' }).items):map(
  function(item) return item.abbr end
):totable()
"""
LINE = "vim.api.nvim_get_current_line()"


IS_PREFERRED = "function(action) return action.isPreferred end"


@pytest.fixture(params=["script", "queries"])
def file(project: Project, request: pytest.FixtureRequest) -> Path:
    return {"script": project.script, "queries": project.queries}[request.param]


@pytest.fixture
def editor(project: Project, file: Path, tmp_path: Path) -> Iterator[Neovim]:
    settings = {"trackingUri": project.tracking_uri, "experiments": ["churn"]}
    path = os.pathsep.join((str(project.environment / "bin"), os.environ["PATH"]))
    with neovim(tmp_path / "neovim", file, settings, path) as started:
        yield started


def test_a_number_for_a_param_is_underlined_and_mended(editor: Neovim, file: Path) -> None:
    assert editor.wait_for(UNDERLINED) == "32"
    assert "'32'" in editor.lua(MESSAGE)

    line, column = position(file.read_text(), "32")
    editor.type(f":call cursor({line}, {column})<CR>")
    # Beside the fix, there are the comments that suppress the finding.
    editor.type(f":lua vim.lsp.buf.code_action({{ apply = true, filter = {IS_PREFERRED} }})<CR>")
    editor.wait_for(f"{LINE}:find([[params.batch_size = '32']], 1, true)")
    editor.wait_for("#vim.diagnostic.get(0) == 0")
    assert not editor.lua(f"{UNDERLINED} or false")


def test_the_keys_of_the_store_are_offered_while_typing(editor: Neovim, file: Path) -> None:
    editor.wait_for(STORE_IS_READ)
    start = 'filter_string="' if file.suffix == ".py" else "WHERE "
    line, column = position(file.read_text(), start, after=True)
    editor.type(f":call cursor({line}, {column - 1})<CR>ametrics.")
    assert "val_loss" in editor.wait_for(OFFERED)
    editor.type("val_<C-n><C-y>")
    editor.wait_for(f"{LINE}:find('{start}metrics.val_loss', 1, true)")


def test_the_status_says_which_store_is_asked_and_why(editor: Neovim) -> None:
    status = editor.wait_for("(vim.b.mlq_status or ''):find(' keys$') and vim.b.mlq_status")
    assert status.startswith("mlq: churn @ sqlite:///")
    assert "the setting tracking-uri, from the editor's settings" in editor.lua("vim.b.mlq_why")


def test_a_key_with_a_space_is_quoted(editor: Neovim, project: Project, file: Path) -> None:
    editor.wait_for(STORE_IS_READ)
    start = 'filter_string="' if file == project.script else "WHERE "
    line, column = position(file.read_text(), start, after=True)
    editor.type(f":call cursor({line}, {column - 1})<CR>ametrics.")
    assert "AUC ROC" in editor.wait_for(OFFERED)
    editor.type("ROC<C-n><C-y>")
    editor.wait_for(f"{LINE}:find('{start}metrics.`AUC ROC`', 1, true)")
