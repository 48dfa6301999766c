"""Which MLflow judges in an editor: the pin of the workspace, the connected server, the editor's setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from support.lsp import capabilities, session
from support.tracking import HTML, Reply, http_server

if TYPE_CHECKING:
    from pathlib import Path

IS_NULL = "params.lr IS NULL;\n"
ON_THE_KEY = types.Position(0, 3)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that pins MLflow 2.14.3."""
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    (tmp_path / "requirements.txt").write_text("mlflow==2.14.3\n")
    return tmp_path


async def test_the_pin_of_the_workspace_judges_and_the_hover_says_so(project: Path) -> None:
    async with session(project) as (client, _):
        uri = client.open((project / "null.mlq").as_uri(), IS_NULL, "mlq")
        [found] = await client.diagnostics(uri)
        assert (found.code, found.message.splitlines()[0]) == (
            "MLQ601",
            "IS NULL on a param: MLflow 2.14.3 refuses it; since 3.11.1.",
        )
        hover = await client.hover(uri, ON_THE_KEY)
        assert hover is not None
        assert "As MLflow 2.14.3, from requirements.txt, searches runs." in str(hover.contents)
        assert await client.logged("filters are judged by MLflow 2.14.3, from requirements.txt")


async def test_the_connected_server_counts_before_the_pin(project: Path) -> None:
    (project / "requirements.txt").write_text("mlflow==3.17.2\n")
    none = Reply.of({"experiments": []})
    # Two to see whether anything is new, one to find nothing.
    with http_server(none, none, none, Reply(200, b"2.14.3", HTML)) as (address, _):
        async with session(
            project,
            can=capabilities(configuration=True),
            settings={"trackingUri": address, "matchCounts": False},
        ) as (
            client,
            _,
        ):
            client.open((project / "null.mlq").as_uri(), IS_NULL, "mlq")
            refused = await client.first(client.published, lambda each: bool(each.diagnostics))
            assert refused.diagnostics[0].code == "MLQ601"
            assert await client.logged("filters are judged by MLflow 2.14.3, the tracking server's")


async def test_the_editors_setting_counts_before_all(project: Path) -> None:
    settings = {"mlflowVersion": "3.99.0"}
    async with session(project, can=capabilities(configuration=True), settings=settings) as (client, _):
        uri = client.open((project / "null.mlq").as_uri(), IS_NULL, "mlq")
        assert await client.diagnostics(uri) == []
        assert await client.logged("MLflow 3.99.0, from the editor's settings, is newer than mlq knows")
