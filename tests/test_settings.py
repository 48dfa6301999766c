"""Settings: where each value comes from, and what is said of those that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mlq import settings
from mlq.settings import CONFIGURATION, DEFAULT, INITIALIZATION, Layer, Settings, editor_layer, schema


def project(folder: Path, text: str) -> Path:
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return folder


def problems(text: str, tmp_path: Path) -> list[str]:
    return [problem.message for problem in settings.load(project(tmp_path, text))[1]]


def test_nothing_said_is_the_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == (Settings(), [])
    assert Settings().origin("connect") == DEFAULT


def test_every_option_is_a_field_with_its_default() -> None:
    for option in settings.OPTIONS:
        assert getattr(Settings(), option.attribute) == option.default


def test_pyproject_says_all_that_a_file_may_say(tmp_path: Path) -> None:
    project(
        tmp_path,
        """
        [tool.mlq]
        tracking-uri = "http://tracking.example"
        experiments = ["churn", "churn-v2"]
        mlflow-version = "2.22"
        connect = false
        """,
    )
    found, wrong = settings.load(tmp_path)
    assert wrong == []
    assert found.tracking_uri == "http://tracking.example"
    assert found.experiments == ("churn", "churn-v2")
    assert found.mlflow_version == "2.22"
    assert found.connect is False
    assert found.origin("connect") == str(tmp_path / "pyproject.toml")


def test_the_nearest_pyproject_with_a_table_counts(tmp_path: Path) -> None:
    project(tmp_path, '[tool.mlq]\nmlflow-version = "2.22"')
    package = tmp_path / "packages" / "churn"
    package.mkdir(parents=True)
    project(package, "[project]\nname = 'churn'")
    assert settings.load(package / "train.py")[0].mlflow_version == "2.22"
    project(package, '[tool.mlq]\nmlflow-version = "3.1"')
    assert settings.load(package / "train.py")[0].mlflow_version == "3.1"


def test_the_client_comes_before_the_file(tmp_path: Path) -> None:
    layer, _ = settings.nearest_layer(
        project(tmp_path, '[tool.mlq]\ntracking-uri = "http://file"\nconnect = false\nmlflow-version = "2.3"')
    )
    assert layer is not None
    found, wrong = settings.resolve(
        [
            editor_layer(CONFIGURATION, {"trackingUri": "http://person", "connect": None}),
            editor_layer(INITIALIZATION, {"trackingUri": "http://plugin", "mlflowVersion": "3.0"}),
            layer,
        ]
    )
    assert wrong == []
    assert (found.tracking_uri, found.origin("tracking-uri")) == ("http://person", CONFIGURATION)
    assert (found.mlflow_version, found.origin("mlflow-version")) == ("3.0", INITIALIZATION)
    assert found.connect is False


@pytest.mark.parametrize(
    "sent",
    [{"connect": False}, {"mlq": {"connect": False}}, {"settings": {"mlq": {"connect": False}}}],
)
def test_clients_wrap_their_settings_as_they_like(sent: object) -> None:
    assert settings.resolve([editor_layer(INITIALIZATION, sent)]) == (
        Settings(connect=False, origins={"connect": INITIALIZATION}),
        [],
    )


@pytest.mark.parametrize("sent", [None, [], "mlq", 3, {"mlq": None}, {"trace": {"server": "verbose"}}])
def test_what_is_no_settings_sets_nothing(sent: object) -> None:
    found, _ = settings.resolve([editor_layer(CONFIGURATION, sent)])
    assert found == Settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('tracking-url = "x"', 'there is no setting "tracking-url"; did you mean "tracking-uri"?'),
        ('trackingUri = "x"', 'there is no setting "trackingUri"; did you mean "tracking-uri"?'),
        ('experiment = ["a"]', 'there is no setting "experiment"; did you mean "experiments"?'),
        ('experiments = "churn"', '"experiments" must be a list of strings'),
        ("experiments = [1]", '"experiments" must be a list of strings'),
        ("mlflow-version = 3.17", '"mlflow-version" must be a string'),
        (
            'mlflow-version = "newest"',
            '"mlflow-version" must be a version such as "2.22" or "3.17.2"',
        ),
        ('connect = "no"', '"connect" must be true or false'),
        (
            "trust-workspace = true",
            '"trust-workspace" cannot be set by a file of the workspace; set it in the editor',
        ),
    ],
)
def test_what_is_wrong_is_said(text: str, message: str, tmp_path: Path) -> None:
    assert problems(f"[tool.mlq]\n{text}", tmp_path) == [message]


def test_a_setting_far_from_any_lists_what_there_is(tmp_path: Path) -> None:
    (message,) = problems("[tool.mlq]\nzzz = 1", tmp_path)
    assert all(option.name in message for option in settings.OPTIONS)


def test_a_wrong_value_leaves_the_others(tmp_path: Path) -> None:
    found, wrong = settings.load(project(tmp_path, '[tool.mlq]\nconnect = 1\nmlflow-version = "2.22"'))
    assert (found.connect, found.mlflow_version) == (True, "2.22")
    assert [str(problem) for problem in wrong] == [
        f'{tmp_path / "pyproject.toml"}: "connect" must be true or false'
    ]


@pytest.mark.parametrize("text", ["[tool.mlq", "mlq = \xff", "[tool]\nmlq = 1"])
def test_a_broken_file_is_a_problem(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(text.encode("latin-1"))
    found, (problem,) = settings.load(tmp_path)
    assert found == Settings()
    assert problem.origin == str(tmp_path / "pyproject.toml")


def test_a_workspace_file_cannot_trust_itself() -> None:
    file = Layer("pyproject.toml", {"tracking-uri": "http://file", "trust-workspace": True}, is_clients=False)
    found, _ = settings.resolve([file])
    assert found.is_of_file("tracking-uri")
    assert not found.trust_workspace
    found, _ = settings.resolve([editor_layer(INITIALIZATION, {"trustWorkspace": True}), file])
    assert found.trust_workspace
    found, _ = settings.resolve([editor_layer(CONFIGURATION, {"trackingUri": "http://person"}), file])
    assert not found.is_of_file("tracking-uri")


def test_the_vs_code_extension_declares_these_settings() -> None:
    manifest = Path(__file__).parents[1] / "editors" / "vscode" / "package.json"
    declared = json.loads(manifest.read_text(encoding="utf-8"))["contributes"]["configuration"]["properties"]
    extensions_own = {"mlq.path", "mlq.trace.server"}
    ours = {name: each for name, each in declared.items() if name not in extensions_own}
    assert ours == schema.vscode_properties()


def test_vs_code_defaults_count_as_unset() -> None:
    properties = schema.vscode_properties()
    assert "mlq.trackingUri" in properties
    assert "mlq.trustWorkspace" not in properties
    defaults = {name.removeprefix("mlq."): each["default"] for name, each in properties.items()}
    assert settings.resolve([editor_layer(CONFIGURATION, defaults)]) == (Settings(), [])
