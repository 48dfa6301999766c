"""How many a filter matches, through a real client and a real store: hovers, hints and what would help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from support.lsp import Client, covered, edited, position, session

if TYPE_CHECKING:
    from pathlib import Path

SOME = "metrics.auc > 0.8 AND params.model != 'logreg'"
NONE = "params.model = 'logreg' AND params.model LIKE 'x%'"


@pytest.fixture
def store(read_only_churn: Path) -> str:
    return f"sqlite:///{read_only_churn}/mlflow.db"


def source(text: str) -> str:
    return f'import mlflow\n\nmlflow.search_runs(filter_string="{text}")\n'


async def counted(client: Client, uri: str, code: str = "MLQ314") -> types.Diagnostic:
    """Return the hint of a code once it is there."""
    params = await client.first(
        client.published,
        lambda each: each.uri == uri and any(found.code == code for found in each.diagnostics),
    )
    return next(found for found in params.diagnostics if found.code == code)


async def test_a_filter_that_finds_nothing_is_told_why_and_mended(store: str, tmp_path: Path) -> None:
    text = source(NONE)
    async with session(tmp_path, options={"trackingUri": store}) as (client, _):
        uri = client.open("file:///nowhere/none.py", text)
        hint = await counted(client, uri)
        assert hint.severity == types.DiagnosticSeverity.Hint
        assert "without params.model = 'logreg' 20 runs would match" in hint.message
        hover = await client.hover(uri, position(text, text.index("'logreg'") + 2))
        assert hover
        assert isinstance(hover.contents, types.MarkupContent)
        assert "**0** of 36 runs match this filter now." in hover.contents.value
        action = next(
            each
            for each in await client.code_actions(uri, hint.range, [hint])
            if each.title == "Remove params.model = 'logreg', and 20 runs match"
        )
        assert action.edit
        (change,) = action.edit.document_changes or ()
        assert isinstance(change, types.TextDocumentEdit)
        mended = edited(text, [each for each in change.edits if isinstance(each, types.TextEdit)])
        assert mended == source("params.model LIKE 'x%'")


async def test_counts_can_be_switched_off(store: str, tmp_path: Path) -> None:
    options = {"trackingUri": store, "matchCounts": False}
    text = source("metrics.auk > 0.9 AND params.model = 'logreg'")
    async with session(tmp_path, options=options) as (client, _):
        uri = client.open("file:///nowhere/none.py", text)
        unseen = await counted(client, uri, "MLQ311")
        assert covered(text, unseen.range) == "metrics.auk"
        hover = await client.hover(uri, position(text, text.index("'logreg'") + 2))
        assert hover
        assert isinstance(hover.contents, types.MarkupContent)
        assert "this filter now" not in hover.contents.value
