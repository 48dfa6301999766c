"""Stores that only MLflow's client reaches, under the project's interpreter: plugins' stores and logins."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

import pytest
from mlq.tracking.client import TrackingError
from mlq.tracking.protocol import Store
from mlq.tracking.schema import ENTITIES
from support.stores import snapshot
from support.tracking import HTML, Reply, hang, http_server, raw_server, refusal, worker

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = """
    import os
    from mlflow.store.model_registry.rest_store import RestStore as Registry
    from mlflow.store.tracking.rest_store import RestStore
    from mlflow.tracking.request_auth.abstract_request_auth_provider import RequestAuthProvider
    from mlflow.utils.rest_utils import MlflowHostCreds

    def credentials():
        return MlflowHostCreds(os.environ["TARGET"])

    def store(store_uri=None, artifact_uri=None):
        return RestStore(credentials)

    def registry(store_uri=None, tracking_uri=None):
        return Registry(credentials)

    class Login(RequestAuthProvider):
        def get_name(self):
            return "odd"

        def get_auth(self):
            def sign(request):
                request.headers["Authorization"] = "Odd hunter2"
                return request
            return sign
"""
ENTRY_POINTS = """
    [mlflow.tracking_store]
    odd = odd_plugin:store
    [mlflow.model_registry_store]
    odd = odd_plugin:registry
    [mlflow.request_auth_provider]
    odd = odd_plugin:Login
"""


@pytest.fixture(autouse=True)
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a plugin of MLflow that knows stores of kind `odd` and a login of its own."""
    packages = tmp_path / "packages"
    (packages / "odd-1.dist-info").mkdir(parents=True)
    (packages / "odd_plugin.py").write_text(textwrap.dedent(PLUGIN))
    (packages / "odd-1.dist-info" / "METADATA").write_text("Name: odd\nVersion: 1\n")
    (packages / "odd-1.dist-info" / "entry_points.txt").write_text(textwrap.dedent(ENTRY_POINTS))
    monkeypatch.setenv("PYTHONPATH", str(packages))


async def test_a_plugins_store_gives_the_same_picture_as_the_server_behind_it(
    assistant_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TARGET", assistant_server)
    before = snapshot(tmp_path / "home")
    with worker(deadline=60) as made:
        for entity in ENTITIES:
            through_plugin = await made.fetch_keys(Store("odd://x", python=sys.executable), entity)
            directly = await made.fetch_keys(Store(assistant_server), entity)
            assert (through_plugin.seen, through_plugin.complete) == (directly.seen, directly.complete)
            # MLflow's client has no method that counts the names of spans.
            expected = {kind: found for kind, found in directly.kinds.items() if kind != "span"}
            assert dict(through_plugin.kinds) == expected
        named = Store("odd://x", experiments=("assistant",), python=sys.executable)
        assert (await made.fetch_keys(named, "traces")).seen == 3
        with pytest.raises(TrackingError, match="has no experiment named 'asistant'"):
            await made.fetch_keys(Store("odd://x", experiments=("asistant",), python=sys.executable))
        await made.close()
    # No identity for telemetry, no folder of runs.
    assert snapshot(tmp_path / "home") == before


async def test_login_of_a_plugin_is_shown_and_failures_are_told_after_one_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_AUTH", "odd")
    failures = {
        "refuses the login that MLflow has for it": Reply(401, b"<h1>hunter2</h1>", HTML),
        "cannot be read by the project's MLflow": Reply(503, b"<h1>hunter2</h1>", HTML),
    }
    with worker(deadline=60) as made:
        with http_server(Reply()) as (address, seen):
            assert (await made.fetch_keys(Store(address, python=sys.executable))).seen == 0
        assert {request.headers["Authorization"] for request in seen} == {"Odd hunter2"}
        for expected, reply in failures.items():
            with http_server(reply) as (address, seen), pytest.raises(TrackingError) as raised:
                await made.fetch_keys(Store(address, python=sys.executable))
            assert str(raised.value).startswith(f"{address} {expected}")
            assert "hunter2" not in str(raised.value)
            assert len(seen) == 1
        with pytest.raises(
            TrackingError, match=r"^the project's MLflow knows no such kind of store: even://"
        ):
            await made.fetch_keys(Store("even://x", python=sys.executable))
        await made.close()


def test_server_that_hangs_costs_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_AUTH", "odd")
    with raw_server(hang) as address:
        assert "does not answer in time" in refusal(address, deadline=6.0, python=sys.executable)


def test_without_mlflow_it_is_said_what_is_needed(tmp_path: Path) -> None:
    assert refusal("databricks") == "databricks needs the project's Python, with mlflow; none is known"
    gone = tmp_path / "gone"
    assert refusal("databricks", python=gone) == f"databricks needs mlflow, and {gone} does not start"
