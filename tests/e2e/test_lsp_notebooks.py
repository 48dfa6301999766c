"""A notebook in a real session: cells are edited, moved and closed, and what is shown follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from support.lsp import capabilities, covered, session
from support.notebooks import NOTEBOOK, cell_uri, closed, opened, spliced, typed

if TYPE_CHECKING:
    from pathlib import Path

    from support.lsp import Client

CELLS = {
    "imports": "%pip install mlflow\nimport mlflow",
    "constant": 'WANTED = "params.depth = 3"',
    "search": "%%time\nruns = mlflow.search_runs(filter_string=WANTED)",
}
NOTEBOOKS = types.NotebookDocumentClientCapabilities(types.NotebookDocumentSyncClientCapabilities())


async def shown(client: Client, cell: str, version: int, *parts: str, text: str) -> None:
    """Wait until just these parts of a cell are underlined."""
    await client.first(
        client.published,
        lambda each: (
            (each.uri, each.version) == (cell_uri(cell), version)
            and [covered(text, one.range) for one in each.diagnostics] == [*parts]
        ),
    )


async def test_cells_are_judged_together_and_shown_apart(tmp_path: Path) -> None:
    can = capabilities()
    can.notebook_document = NOTEBOOKS
    async with session(tmp_path, can=can) as (client, result):
        sync = result.capabilities.notebook_document_sync
        assert isinstance(sync, types.NotebookDocumentSyncOptions)
        client.raw.notebook_document_did_open(opened(CELLS))
        await shown(client, "constant", 1, "3", text=CELLS["constant"])
        await shown(client, "search", 1, text=CELLS["search"])

        mended = "WANTED = \"params.depth = '3'\""
        client.raw.notebook_document_did_change(typed("constant", 2, mended))
        await shown(client, "constant", 2, text=mended)

        client.published.clear()
        more = {"more": "mlflow.search_runs(filter_string='params.depth = 4')"}
        client.raw.notebook_document_did_change(spliced(3, 0, more))
        await shown(client, "more", 1, "4", text=more["more"])
        assert [each.uri for each in client.published] == [cell_uri("more")]

        fence = "```python\nimport mlflow\nmlflow.search_runs(filter_string='params.depth = 5')\n```\n"
        client.raw.notebook_document_did_change(spliced(0, 0, {"title": fence}, language="markdown"))
        await shown(client, "title", 1, "5", text=fence)
        client.raw.notebook_document_did_change(spliced(0, 1, {}, closed=["title"]))
        client.raw.notebook_document_did_change(spliced(3, 1, {}, closed=["more"]))
        await client.first(
            client.published, lambda each: (each.uri, each.version) == (cell_uri("more"), None)
        )
        saved = types.DidSaveNotebookDocumentParams(types.NotebookDocumentIdentifier(NOTEBOOK))
        client.raw.notebook_document_did_save(saved)
        client.published.clear()
        client.raw.notebook_document_did_close(closed([*CELLS]))
        await client.first(client.published, lambda each: each.uri == cell_uri("search"))
        assert [list(each.diagnostics) for each in client.published] == [[], [], []]
