"""Tracking servers: a real one, and all the ways in which something else may answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import mlflow
import pytest
from support.stores import free_port
from support.tracking import (
    HTML,
    Reply,
    babble,
    drip,
    hang,
    hang_up,
    http_server,
    keys,
    pour,
    raw_server,
    read,
    refusal,
)

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path

# A real server.


def test_server_gives_what_its_store_holds(server: str, churn_folder: Path) -> None:
    over_http = read(server)
    from_file = read(f"sqlite:///{churn_folder}/mlflow.db")
    assert (over_http.source, over_http.seen, over_http.complete) == (server, 36, True)
    assert over_http.kinds == from_file.kinds


def test_server_gives_the_keys_of_an_experiment(server: str) -> None:
    index = read(server, "churn-v2")
    assert (index.seen, index.complete) == (18, True)
    assert index.keys("parameter")["max depth"].count == 18
    assert read(server, "2").kinds == index.kinds, "by its id"


def test_experiment_of_a_server_without_runs_has_no_keys(server: str) -> None:
    index = read(server, "Default")
    assert (index.seen, keys(index)) == (0, {})


def test_the_real_server_says_its_version(server: str) -> None:
    assert read(server).mlflow_version == mlflow.__version__


def test_unknown_experiment_of_a_server_is_named(server: str) -> None:
    assert refusal(server, "chrun", "x") == f"{server} has no experiment named 'chrun', 'x'"


def test_wrong_path_is_told(server: str) -> None:
    assert (
        refusal(f"{server}/mlflow/") == f"{server}/mlflow/ is no MLflow server: nothing at its address (404)"
    )


# Answers, good and bad.

EXPERIMENTS = Reply.of({"experiments": [{"experiment_id": "1", "name": "churn"}]})


def runs(*numbers: int, next_page: str = "") -> Reply:
    found = [
        {
            "info": {"run_id": f"r{number}", "run_name": f"run-{number}"},
            "data": {
                "metrics": [{"key": "auc", "value": 0.9}],
                "params": [{"key": f"p{number}", "value": "x"}],
            },
        }
        for number in numbers
    ]
    return Reply.of({"runs": found, **({"next_page_token": next_page} if next_page else {})})


def test_newest_twenty_runs_come_first_then_some_by_chance_and_pages_follow() -> None:
    version = Reply(200, b"3.17.2", HTML)
    newest, by_chance, later = runs(1, 2, next_page="t1"), runs(2, 9, next_page="t2"), runs(2, 3)
    with http_server(EXPERIMENTS, newest, version, by_chance, later) as (address, seen):
        index = read(address)
    assert (index.seen, index.complete) == (4, True)
    assert index.keys("metric")["auc"].count == 4
    assert [request.path for request in seen] == [
        "/api/2.0/mlflow/experiments/search",
        "/api/2.0/mlflow/runs/search",
        "/version",
        "/api/2.0/mlflow/runs/search",
        "/api/2.0/mlflow/runs/search",
    ]
    assert seen[1].body == {"experiment_ids": ["1"], "max_results": 20}
    assert seen[3].body["order_by"] == ["attributes.run_id ASC"]
    assert seen[4].body["page_token"] == "t1"


def test_what_was_read_before_a_failure_counts() -> None:
    version = Reply(200, b"3.17.2", HTML)
    with http_server(EXPERIMENTS, runs(1, next_page="t1"), version, Reply(500)) as (address, _):
        index = read(address)
    assert (index.seen, index.complete) == (1, False)


def test_names_are_quoted_in_the_address() -> None:
    found = Reply.of({"experiment": {"experiment_id": "1"}})
    with http_server(found, runs(1)) as (address, seen):
        read(address, "a b/c&d=é")
    assert seen[0].path == "/api/2.0/mlflow/experiments/get-by-name?experiment_name=a%20b%2Fc%26d%3D%C3%A9"


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_server_that_is_away_for_a_moment_is_asked_once_more(status: int) -> None:
    with http_server(Reply(status), EXPERIMENTS, runs(1)) as (address, seen):
        assert read(address).seen == 1
    assert [request.path for request in seen[:2]] == ["/api/2.0/mlflow/experiments/search"] * 2
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("reply", "version"),
    [
        (Reply(200, b"2.14.3", HTML), "2.14.3"),
        (Reply(200, b"3.19.0.dev0\n", HTML), "3.19.0.dev0"),
        (Reply(200, b"<html>Sign in</html>", HTML), ""),
        (Reply(200, b"9" * 1000, HTML), ""),
        (Reply(200, b"\xff", HTML), ""),
        (Reply(404, b"2.14.3", HTML), ""),
    ],
)
def test_a_server_says_its_version_or_nothing(reply: Reply, version: str) -> None:
    with http_server(EXPERIMENTS, runs(1), reply) as (address, _):
        index = read(address)
    assert (index.mlflow_version, index.seen) == (version, 1)


BAD_ANSWERS = {
    "login wanted": (Reply(401, b"<h1>no</h1>", HTML), "wants a login (401): set MLFLOW_TRACKING_USERNAME"),
    "forbidden": (Reply(403, b"<h1>no</h1>", HTML), "forbids this (403)"),
    "login page": (Reply(200, b"<html>Sign in</html>", HTML), "answers with a web page: it wants a login"),
    "no content type": (Reply(200, b"{}", ""), "answers with a web page"),
    "redirect": (
        Reply(302, b"", HTML, {"Location": "https://u:pw@login.example/?token=abc"}),
        "sends us to https://login.example, which may want a login",
    ),
    "redirect to nowhere": (Reply(302, b"", HTML, {"Location": "http://[::1"}), "sends us to another page"),
    "not found": (Reply(404, b"<h1>no</h1>", HTML), "is no MLflow server"),
    "fault": (Reply(500, b"<h1>no</h1>", HTML), "answers with an error (500)"),
    "always away": (Reply(503, b"<h1>no</h1>", HTML), "answers with an error (503)"),
    "too many requests": (Reply(429, b"", HTML, {"Retry-After": "60"}), "answers with an error (429)"),
    "MLflow's error": (
        Reply.of({"error_code": "INVALID_PARAMETER_VALUE", "message": "hunter2"}, 400),
        "answers with an error (400 INVALID_PARAMETER_VALUE)",
    ),
    "garbage": (Reply(200, b'{"experiments": [{'), "answers with broken JSON"),
    "no object": (Reply(200, b"[1, 2]"), "answers with broken JSON"),
    "no text": (Reply(200, b"\xff\xfe\x00"), "answers with broken JSON"),
    "bottomless": (Reply(200, b"[" * 200_000), "answers with broken JSON"),
}


@pytest.mark.parametrize(("reply", "expected"), BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_bad_answers_are_explained_in_a_line(reply: Reply, expected: str) -> None:
    with http_server(reply) as (address, seen):
        message = refusal(address.replace("//", "//ada:hunter2@"))
    assert message.startswith(address.replace("//", "//***@"))
    assert (
        expected.replace("wants a login (401): set MLFLOW_TRACKING_USERNAME", "refuses the user and password")
        in message
    )
    assert "hunter2" not in message
    assert len(seen) <= 2


def test_advice_for_a_first_login_names_the_variables() -> None:
    with http_server(Reply(401, b"", HTML)) as (address, _):
        assert "MLFLOW_TRACKING_TOKEN" in refusal(address)


def test_redirects_are_not_followed() -> None:
    with http_server() as (other, seen_by_other):
        away = Reply(307, b"", HTML, {"Location": f"{other}/api/2.0/mlflow/experiments/search"})
        with http_server(away) as (address, seen):
            refusal(address.replace("//", "//ada:hunter2@"))
    assert (len(seen), len(seen_by_other)) == (1, 0)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"experiments": None},
        {"experiments": [None, 1, {}, {"experiment_id": None}]},
        {
            "experiments": [{"experiment_id": "1"}],
            "runs": [{"info": 3, "data": []}, None, {"data": {"metrics": [{"key": 7}]}}],
        },
    ],
)
def test_json_of_another_shape_gives_no_keys(data: object) -> None:
    with http_server(Reply.of(data)) as (address, _):
        assert not read(address).keys("metric")


BAD_SERVERS: dict[Callable[[socket.socket], None], str] = {
    hang: "does not answer in time",
    drip: "does not answer in time",
    pour: "answers with too much: over 32 MB",
    hang_up: "closes the connection",
    babble: "does not answer as a web server does",
}


@pytest.mark.parametrize(
    ("talk", "expected"), BAD_SERVERS.items(), ids=[talk.__name__ for talk in BAD_SERVERS]
)
def test_bad_servers_cost_no_longer_than_the_deadline(
    talk: Callable[[socket.socket], None], expected: str
) -> None:
    with raw_server(talk) as address:
        started = time.monotonic()
        message = refusal(address, deadline=1.0)
    assert message == f"{address} {expected}"
    assert time.monotonic() - started < 6


def test_server_that_is_down() -> None:
    address = f"http://127.0.0.1:{free_port()}"
    assert refusal(address) == f"{address} refuses connections: is the server running?"


def test_unknown_host() -> None:
    assert refusal("http://ada:hunter2@no-such-host.invalid") == (
        "http://***@no-such-host.invalid: no machine of this name is known"
    )
