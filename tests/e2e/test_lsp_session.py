"""The server's life, seen by a real client over stdio and TCP."""

from __future__ import annotations

import asyncio
import re
import socket
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from pytest_lsp import make_test_lsp_client
from support.lsp import COMMAND, DEADLINE, capabilities, session

if TYPE_CHECKING:
    from pathlib import Path


async def test_it_says_what_it_can() -> None:
    async with session() as (_, result):
        can = result.capabilities
        assert result.server_info is not None
        assert result.server_info.name == "mlq-lsp"
        assert isinstance(can.text_document_sync, types.TextDocumentSyncOptions)
        assert can.text_document_sync.open_close is True
        assert can.text_document_sync.change is types.TextDocumentSyncKind.Incremental
        assert can.completion_provider is not None
        assert {".", "'", '"', "`"} <= set(can.completion_provider.trigger_characters or ())
        assert can.hover_provider
        assert can.notebook_document_sync is None  # this client knows no notebooks
        assert isinstance(can.code_action_provider, types.CodeActionOptions)
        assert can.code_action_provider.code_action_kinds == (types.CodeActionKind.QuickFix,)


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (None, "utf-16"),
        (["utf-16"], "utf-16"),
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-32", "utf-8", "utf-16"], "utf-32"),
    ],
)
async def test_the_client_chooses_the_encoding(offered: list[str] | None, chosen: str) -> None:
    async with session(can=capabilities(encodings=offered)) as (_, result):
        assert result.capabilities.position_encoding == chosen


async def test_closing_a_document_takes_its_diagnostics_away(tmp_path: Path) -> None:
    async with session(tmp_path) as (client, _):
        uri = client.open((tmp_path / "train.py").as_uri(), "x = 1\n")
        await client.diagnostics(uri)
        client.close(uri)
        cleared = await client.first(client.published, lambda each: each.version is None)
        assert (cleared.uri, list(cleared.diagnostics)) == (uri, [])


async def test_documents_of_other_languages_are_left_alone(tmp_path: Path) -> None:
    position = types.Position(0, 0)
    async with session(tmp_path) as (client, _):
        other = client.open((tmp_path / "LICENSE.html").as_uri(), "<p>Churn</p>", "html")
        ours = client.open((tmp_path / "train.py").as_uri(), "x = 1\n", "")
        assert await client.completion(other, position) is None
        assert await client.hover(other, position) is None
        await client.diagnostics(ours)
        assert {each.uri for each in client.published} == {ours}


async def test_a_request_for_an_unknown_document_is_answered_empty() -> None:
    async with session() as (client, _):
        assert await client.hover("file:///nowhere.py", types.Position(3, 3)) is None
        assert await client.code_actions("file:///nowhere.py", _range(0, 0)) == []


async def test_a_malformed_request_does_not_end_the_session(tmp_path: Path) -> None:
    async with session(tmp_path) as (client, _):
        uri = client.open((tmp_path / "train.py").as_uri(), "x = 1\n")
        client.send("textDocument/didChange", {"textDocument": 3})
        client.send("mlq/noSuchThing", [])
        await client.diagnostics(uri)
        assert await client.hover(uri, types.Position(0, 0)) is None


async def test_settings_are_asked_for_and_their_faults_told(tmp_path: Path) -> None:
    can = capabilities(configuration=True, watches=True)
    (tmp_path / "pyproject.toml").write_text("[tool.mlq]\nconect = true\n", encoding="utf-8")
    async with session(tmp_path, can=can, settings={"mlflowVersion": "newest"}) as (client, _):
        client.open((tmp_path / "train.py").as_uri(), "x = 1\n")
        assert "version such as" in await client.logged("mlflowVersion")
        assert 'did you mean "connect"?' in await client.logged("conect")
        (registration,) = client.registered
        assert registration.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES


async def test_a_mended_pyproject_is_read_again(tmp_path: Path) -> None:
    pyproject = tmp_path / "pyproject.toml"
    pyproject.write_text("[tool.mlq]\nexperiments = 1\n", encoding="utf-8")
    async with session(tmp_path, can=capabilities(watches=True)) as (client, _):
        client.open((tmp_path / "train.py").as_uri(), "x = 1\n")
        await client.logged('"experiments" must be a list of strings')
        pyproject.write_text("[tool.mlq]\nconnect = 1\n", encoding="utf-8")
        event = types.FileEvent(pyproject.as_uri(), types.FileChangeType.Changed)
        client.raw.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await client.logged('"connect" must be true or false')


async def test_a_store_that_a_workspace_file_names_waits_for_trust(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.mlq]\ntracking-uri = "http://user:secret@tracking.example"\n', encoding="utf-8"
    )
    async with session(tmp_path) as (client, _):
        client.open((tmp_path / "train.py").as_uri(), "x = 1\n")
        line = await client.logged("no keys")
        assert "not trusted" in line
        assert "secret" not in line


async def test_it_serves_one_client_over_tcp() -> None:
    server = await asyncio.create_subprocess_exec(*COMMAND, "--tcp", "0", stderr=asyncio.subprocess.PIPE)
    assert server.stderr is not None
    port = await asyncio.wait_for(_announced_port(server.stderr), DEADLINE)
    client = make_test_lsp_client()
    await client.start_tcp("127.0.0.1", port)
    result = await client.initialize_session(types.InitializeParams(capabilities()))
    assert result.server_info is not None
    assert result.server_info.name == "mlq-lsp"
    await client.shutdown_session()
    assert await asyncio.wait_for(server.wait(), DEADLINE) == 0


async def _announced_port(log: asyncio.StreamReader) -> int:
    async for line in log:
        if announced := re.search(rb"Serving on \('127\.0\.0\.1', (\d+)\)", line):
            return int(announced[1])
    raise AssertionError("the server never said which port it took")


async def _run(*arguments: str) -> tuple[int | None, str, str]:
    process = await asyncio.create_subprocess_exec(
        *COMMAND, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    output, error = await asyncio.wait_for(process.communicate(), DEADLINE)
    return process.returncode, output.decode(), error.decode()


async def test_the_version_is_printed() -> None:
    code, output, _ = await _run("--version")
    assert (code, output.startswith("mlq-lsp ")) == (0, True)


@pytest.mark.parametrize(
    "arguments", [("--tcp", "port"), ("--tcp", "99999"), ("--stdio", "--tcp", "1"), ("x",)]
)
async def test_wrong_arguments_are_refused(arguments: tuple[str, ...]) -> None:
    code, _, error = await _run(*arguments)
    assert code == 2
    assert "usage: mlq-lsp" in error


async def test_a_log_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    code, _, error = await _run("--log-file", str(tmp_path / "no" / "such" / "folder.log"))
    assert code == 2
    assert error.startswith("mlq-lsp: ")
    assert error.count("\n") == 1


async def test_a_port_that_is_taken_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, _, error = await _run("--tcp", str(taken.getsockname()[1]))
    assert code == 2
    assert "Traceback" not in error


async def test_the_log_file_tells_what_went_on(tmp_path: Path) -> None:
    log = tmp_path / "mlq.log"
    async with session(tmp_path, arguments=["--log-file", str(log)]) as (client, _):
        client.open((tmp_path / "train.py").as_uri(), "x = 1\n")
        await client.logged("no keys")
    assert "INFO mlq.lsp.keys: no keys" in log.read_text(encoding="utf-8")


def _range(line: int, character: int) -> types.Range:
    return types.Range(types.Position(line, character), types.Position(line, character))


async def test_a_client_that_is_gone_ends_the_server() -> None:
    process = await asyncio.create_subprocess_exec(*COMMAND, stdin=asyncio.subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), DEADLINE) == 0
