"""Filters in documents of every language, through a real client: judged, mended and completed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from support.lsp import covered, edited, position, session

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = "mlflow.search_runs([], \"tags.a = '😀' AND params.b = 3\")"
COMMAND = "mlflow traces search --filter-string \"tags.a = '😀' AND tags.b = 3\""
VALUE = "\"tags.a = '😀' AND params.b = 3\""
DOCUMENTS = {
    ("markdown", "a.md"): f"> ```py\n> {PYTHON}\n> ```\n",
    ("quarto", "a.qmd"): f"```{{python}}\n{PYTHON}\n```\n",
    ("restructuredtext", "a.rst"): f".. code:: python\n\n   {PYTHON}\n",
    ("shellscript", "a.sh"): f"{COMMAND}\n",
    ("yaml", "a.yml"): f"mlflow:\n  filter_string: {VALUE}\n",
    ("toml", "a.toml"): f"[mlflow]\nfilter_string = {VALUE}\n",
    ("python", "a.py"): f'"""\n>>> {PYTHON}\n"""\n',
}


async def test_filters_are_judged_mended_and_completed_in_every_language(tmp_path: Path) -> None:
    async with session(tmp_path) as (client, _):
        for (language, name), text in DOCUMENTS.items():
            uri = client.open((tmp_path / name).as_uri(), text, language)
            (found,) = await client.diagnostics(uri)
            assert covered(text, found.range) == "3", language
            actions = await client.code_actions(uri, found.range, [found])
            edit = next(action.edit for action in actions if action.is_preferred)
            assert edit is not None
            (change,) = edit.document_changes or ()
            assert isinstance(change, types.TextDocumentEdit)
            mended = edited(text, [each for each in change.edits if isinstance(each, types.TextEdit)])
            assert mended == text.replace("= 3", "= '3'"), language
            answer = await client.completion(uri, position(text, text.index("AND ") + len("AND ")))
            assert answer is not None
            assert "tags." in [item.label for item in answer.items], language
