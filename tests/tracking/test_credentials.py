"""What a server is shown, for each place in which MLflow's client would look, as the server saw it."""

from __future__ import annotations

import base64
import os
import time
from typing import TYPE_CHECKING

import pytest
from mlq.tracking import http
from mlq.tracking.http_server import HttpServer
from mlq.tracking.protocol import StoreError
from mlq.tracking.uri import HttpUri, parse_uri
from support.tracking import Reply, http_server, tls_server

if TYPE_CHECKING:
    from pathlib import Path


def basic(login: str) -> str:
    return "Basic " + base64.b64encode(login.encode()).decode()


def shown_to_server(home: Path, userinfo: str = "", **environ: str) -> str | None:
    """Return the header Authorization that a server gets."""
    with http_server(Reply()) as (address, seen):
        ask(address.replace("//", f"//{userinfo}"), HOME=str(home), **environ)
    return seen[0].headers.get("Authorization")


def ask(address: str, **environ: str) -> None:
    uri = parse_uri(address)
    assert isinstance(uri, HttpUri)
    deadline = time.monotonic() + 10
    list(http.read_keys(HttpServer(uri, "the server", deadline, environ), "runs", (), deadline))


USER = {"MLFLOW_TRACKING_USERNAME": "ada", "MLFLOW_TRACKING_PASSWORD": "pässword"}
TOKEN = {"MLFLOW_TRACKING_TOKEN": "t0ken"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_nothing_is_shown_by_default(home: Path) -> None:
    assert shown_to_server(home) is None


def test_token(home: Path) -> None:
    assert shown_to_server(home, **TOKEN) == "Bearer t0ken"


def test_user_and_password_win_over_the_token(home: Path) -> None:
    assert shown_to_server(home, **USER, **TOKEN) == basic("ada:pässword")


def test_user_without_password_is_nothing(home: Path) -> None:
    assert shown_to_server(home, MLFLOW_TRACKING_USERNAME="ada") is None


def test_userinfo_of_the_address_wins_over_the_variables(home: Path) -> None:
    assert shown_to_server(home, "grace:p%40ss@", **USER) == basic("grace:p@ss")


def test_credentials_file_and_a_variable_in_its_place(home: Path) -> None:
    (home / ".mlflow").mkdir()
    (home / ".mlflow" / "credentials").write_text(
        "[mlflow]\nmlflow_tracking_username = grace\nmlflow_tracking_password = 100%\n"
    )
    assert shown_to_server(home) == basic("grace:100%")
    assert shown_to_server(home, MLFLOW_TRACKING_USERNAME="ada") == basic("ada:100%")


def test_netrc_wins_over_all(home: Path) -> None:
    (home / ".netrc").write_text("machine 127.0.0.1 login linus password tux\n")
    assert shown_to_server(home, "grace:x@", **USER, **TOKEN) == basic("linus:tux")


def test_netrc_named_by_a_variable(home: Path, tmp_path: Path) -> None:
    (tmp_path / "secrets").write_text(
        "machine 127.0.0.1 login linus password tux\nmachine other login a password b\n"
    )
    assert shown_to_server(home, NETRC=str(tmp_path / "secrets")) == basic("linus:tux")


def test_files_that_cannot_be_read_are_passed_over(home: Path) -> None:
    (home / ".netrc").write_text("this is no netrc")
    (home / ".mlflow").mkdir()
    (home / ".mlflow" / "credentials").write_text("neither is this")
    assert shown_to_server(home, **TOKEN) == "Bearer t0ken"


def test_line_breaks_in_a_token_add_no_headers(home: Path) -> None:
    assert shown_to_server(home, MLFLOW_TRACKING_TOKEN="t0ken\r\nX-Evil: 1") is None
    assert shown_to_server(home, MLFLOW_TRACKING_TOKEN="t0ken\n") == "Bearer t0ken"


def test_workspace_is_named_in_a_header() -> None:
    with http_server(Reply()) as (address, seen):
        ask(address, MLFLOW_WORKSPACE=" team a ")
        ask(address, MLFLOW_WORKSPACE="x\r\nX-Evil: 1")
    headers = [request.headers.get("X-MLFLOW-WORKSPACE") for request in seen]
    assert headers[0] == "team a"
    assert headers[-1] is None


def test_proxy_is_used_and_told_its_login(monkeypatch: pytest.MonkeyPatch) -> None:
    with http_server(Reply()) as (proxy, seen):
        monkeypatch.setenv("http_proxy", proxy.replace("//", "//ada:pw@"))
        ask("http://mlflow.invalid:5000/pre", **TOKEN)
    assert seen[0].path == "http://mlflow.invalid:5000/pre/api/2.0/mlflow/experiments/search"
    assert seen[0].headers["Proxy-Authorization"] == basic("ada:pw")
    assert seen[0].headers["Host"] == "mlflow.invalid:5000"


def test_proxy_is_not_used_where_it_is_forbidden(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    with http_server(Reply()) as (proxy, seen):
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        shown_to_server(home)
    assert not seen


def test_certificates(tmp_path: Path) -> None:
    with tls_server(tmp_path, Reply()) as (address, certificate):
        with pytest.raises(StoreError, match="certificate not trusted: self"):
            ask(address)
        ask(address, MLFLOW_TRACKING_SERVER_CERT_PATH=certificate)
        ask(address, REQUESTS_CA_BUNDLE=certificate)
        ask(address, MLFLOW_TRACKING_INSECURE_TLS="true")
        with pytest.raises(StoreError, match=r"cannot both be set"):
            ask(address, MLFLOW_TRACKING_SERVER_CERT_PATH=certificate, MLFLOW_TRACKING_INSECURE_TLS="true")
        with pytest.raises(StoreError, match=r"certificates cannot be read: /nowhere\.pem"):
            ask(address, MLFLOW_TRACKING_SERVER_CERT_PATH="/nowhere.pem")
        with pytest.raises(StoreError, match=r"does not answer as a web server does|closes the connection"):
            ask(address.replace("https", "http"))


def test_server_without_tls() -> None:
    with http_server(Reply()) as (address, _), pytest.raises(StoreError, match="does not speak TLS"):
        ask(address.replace("http", "https"))


def test_own_environment_is_not_looked_at(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "MLFLOW_TRACKING_TOKEN", "other")
    assert shown_to_server(home) is None
