"""Which store the searches of a file ask, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mlq.hosts.store_reference import Said, StoreReference
from mlq.tracking.protocol import Store
from mlq.tracking.resolve import Asked, Resolved, Setting, Surroundings, resolve

ENVIRON = {"MLFLOW_TRACKING_URI": "http://ada:hunter2@host:5000"}
DOTENV = {"MLFLOW_TRACKING_URI": "http://dotenv"}
EDITORS = Setting("http://editor", "from the editor's settings")
FILES = Setting("http://project", "from mlq.toml", is_workspaces=True)
IN_FILE = Said("http://file", "set_tracking_uri")
OF_CLIENT = Said("http://client", "MlflowClient")
NOT_KNOWN = Said(None, "set_tracking_uri")
BY_VARIABLE = Said("http://else", "set_tracking_uri", "TRACKING")
REGISTRY = Said("http://registry", "set_registry_uri")


def ask(
    folder: Path,
    *,
    entity: str = "runs",
    environ: dict[str, str] | None = None,
    dotenv: dict[str, str] | None = None,
    tracking: Said | None = None,
    registry: Said | None = None,
    experiments: tuple[Said, ...] = (),
    **more: Any,
) -> Resolved:
    """Ask for a store in a trusted folder, unless `more` says otherwise."""
    asked = Asked(folder, (folder,), "3.17.2", StoreReference(tracking, registry, experiments))
    around = Surroundings(environ or {}, dotenv or {})
    return resolve(replace(asked, is_trusted=more.pop("is_trusted", True), **more), around, entity)


NAMED: dict[str, tuple[dict[str, Any], str]] = {
    "the setting wins": (
        {"setting": EDITORS, "tracking": IN_FILE, "environ": ENVIRON, "dotenv": DOTENV},
        "http://editor: named by the setting tracking-uri, from the editor's settings",
    ),
    "then the file": (
        {"tracking": IN_FILE, "environ": ENVIRON, "dotenv": DOTENV},
        "http://file: named by set_tracking_uri at train.py:12",
    ),
    "then the environment, its password masked": (
        {"environ": ENVIRON, "dotenv": DOTENV},
        "http://***@host:5000: named by MLFLOW_TRACKING_URI",
    ),
    "an empty variable is none": (
        {"environ": {"MLFLOW_TRACKING_URI": ""}, "dotenv": DOTENV},
        "http://dotenv: named by MLFLOW_TRACKING_URI in .env",
    ),
    "what only a run can tell is not guessed": (
        {"tracking": NOT_KNOWN, "environ": ENVIRON},
        (
            "no keys: only a run can tell the tracking URI of set_tracking_uri at train.py:12; "
            "the setting tracking-uri can say it"
        ),
    ),
    "the file names a variable": (
        {"tracking": BY_VARIABLE, "environ": {"TRACKING": "http://variable"}},
        "http://variable: named by set_tracking_uri at train.py:12",
    ),
    "the file names a variable that .env sets": (
        {"tracking": BY_VARIABLE, "dotenv": {"TRACKING": "http://variable"}},
        "http://variable: named by set_tracking_uri at train.py:12",
    ),
    "the file names a variable that is not set": (
        {"tracking": BY_VARIABLE},
        "http://else: named by set_tracking_uri at train.py:12",
    ),
    "set_tracking_uri(os.getenv('MLFLOW_TRACKING_URI')) says nothing more": (
        {"tracking": Said(None, "set_tracking_uri", "MLFLOW_TRACKING_URI")},
        "no keys: no tracking URI is set, and no mlflow.db, which MLflow 3.17.2 takes then, is in FOLDER",
    ),
    "models are in the registry": (
        {"entity": "model_versions", "tracking": IN_FILE, "registry": REGISTRY},
        "http://registry: named by set_registry_uri at train.py:12",
    ),
    "runs are not": (
        {"tracking": IN_FILE, "registry": REGISTRY},
        "http://file: named by set_tracking_uri at train.py:12",
    ),
    "the registry of the environment": (
        {"entity": "prompts", "setting": EDITORS, "environ": {"MLFLOW_REGISTRY_URI": "http://r"}},
        "http://r: named by MLFLOW_REGISTRY_URI",
    ),
    "the registry is where the runs are": (
        {"entity": "registered_models", "tracking": OF_CLIENT},
        "http://client: named by MlflowClient at train.py:12",
    ),
    "but for Databricks": (
        {"entity": "registered_models", "environ": {"MLFLOW_TRACKING_URI": "databricks://team"}},
        "databricks-uc://team: named by MLFLOW_TRACKING_URI",
    ),
    "nothing is asked where the person does not want it": (
        {"setting": EDITORS, "is_connected": False},
        'no keys: the setting "connect" is off',
    ),
    "a person's own setting and environment need no trust": (
        {"setting": EDITORS, "is_trusted": False},
        "http://editor: named by the setting tracking-uri, from the editor's settings",
    ),
    "the environment needs none either": (
        {"environ": ENVIRON, "is_trusted": False},
        "http://***@host:5000: named by MLFLOW_TRACKING_URI",
    ),
    "not where the file reads it either": (
        {
            "tracking": Said(None, "set_tracking_uri", "MLFLOW_TRACKING_URI"),
            "environ": ENVIRON,
            "is_trusted": False,
        },
        "http://***@host:5000: named by set_tracking_uri at train.py:12",
    ),
    "a file of settings needs trust": (
        {"setting": FILES, "is_trusted": False},
        (
            "no keys: http://project is named by the setting tracking-uri, from mlq.toml, and the workspace "
            "is not trusted"
        ),
    ),
    "and so does the source": (
        {"tracking": IN_FILE, "environ": ENVIRON, "is_trusted": False},
        "no keys: http://file is named by set_tracking_uri at train.py:12, and the workspace is not trusted",
    ),
    "a variable that the source chooses": (
        {"tracking": BY_VARIABLE, "environ": {"TRACKING": "http://variable"}, "is_trusted": False},
        (
            "no keys: http://variable is named by set_tracking_uri at train.py:12, and the workspace is not "
            "trusted"
        ),
    ),
    "a database elsewhere": (
        {"tracking": Said("sqlite:////home/ada/other.db", "set_tracking_uri"), "is_trusted": False},
        (
            "no keys: sqlite:////home/ada/other.db is named by set_tracking_uri at train.py:12, and the "
            "workspace is not trusted"
        ),
    ),
    "a database outside by dots": (
        {"tracking": Said("sqlite:///../other.db", "set_tracking_uri"), "is_trusted": False},
        (
            "no keys: sqlite:///../other.db is named by set_tracking_uri at train.py:12, and the workspace "
            "is not trusted"
        ),
    ),
    "a database of the workspace needs none": (
        {"tracking": Said("sqlite:///runs/a.db", "set_tracking_uri"), "is_trusted": False},
        "sqlite:///runs/a.db: named by set_tracking_uri at train.py:12",
    ),
}


@pytest.mark.parametrize(("given", "sentence"), NAMED.values(), ids=NAMED)
def test_who_names_the_store(given: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    assert ask(tmp_path, **given).sentence("train.py:12") == sentence.replace("FOLDER", str(tmp_path))


def test_a_link_out_of_the_workspace_needs_trust(tmp_path: Path) -> None:
    inside = tmp_path / "workspace"
    inside.mkdir()
    (tmp_path / "other.db").touch()
    (inside / "link.db").symlink_to(tmp_path / "other.db")
    said = Said("sqlite:///link.db", "set_tracking_uri")
    assert ask(inside, tracking=said, is_trusted=False).store is None
    assert ask(inside, tracking=said).store


def test_the_default_that_lies_outside_by_a_link_needs_trust(tmp_path: Path) -> None:
    inside = tmp_path / "workspace"
    inside.mkdir()
    (tmp_path / "other.db").touch()
    (inside / "mlflow.db").symlink_to(tmp_path / "other.db")
    assert "not trusted" in ask(inside, is_trusted=False).sentence()
    assert ask(inside).store == Store("sqlite:///mlflow.db", str(inside))


DEFAULTS = {
    "a database, since 3.7": ("3.17.2", ("mlflow.db",), "sqlite:///mlflow.db"),
    "in 3.7 too": ("3.7.0", ("mlflow.db", "mlruns/models/meta.yaml"), "sqlite:///mlflow.db"),
    "unless experiments are in mlruns": ("3.17.2", ("mlflow.db", "mlruns/0/meta.yaml"), "./mlruns"),
    "an experiment has a description": ("3.17.2", ("mlflow.db", "mlruns/123/tags/x"), "sqlite:///mlflow.db"),
    "files, before": ("3.6.0", ("mlflow.db", "mlruns/0/meta.yaml"), "./mlruns"),
    "files, whatever is in them": ("2.22.0", ("mlruns/x",), "./mlruns"),
    "no database before": ("2.22.0", ("mlflow.db",), None),
    "nothing": ("3.17.2", (), None),
}


@pytest.mark.parametrize(("version", "files", "uri"), DEFAULTS.values(), ids=DEFAULTS)
def test_the_default_is_that_of_the_version(
    version: str, files: tuple[str, ...], uri: str | None, tmp_path: Path
) -> None:
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    found = ask(tmp_path, mlflow_version=version, is_trusted=False)
    assert (found.store.uri if found.store else None) == uri
    assert version in found.why


@pytest.mark.parametrize("version", ["3.17.2"])
def test_the_default_is_the_one_that_mlflow_takes(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import mlflow

    assert mlflow.__version__ == version
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mlflow.db").touch()
    for made in (None, "mlruns/0", "mlruns/0/meta.yaml"):
        if made:
            (tmp_path / made).mkdir(parents=True, exist_ok=True)
        theirs = mlflow.tracking._tracking_service.utils._get_default_tracking_uri()
        found = ask(tmp_path).store
        assert found
        assert found.uri == theirs


def test_a_program_may_start_in_several_folders(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    folders = (tmp_path, inner)
    (inner / "mlflow.db").touch()
    (inner / "own.db").touch()
    assert ask(tmp_path, folders=folders).store == Store("sqlite:///mlflow.db", str(inner))
    (tmp_path / "mlflow.db").touch()
    assert ask(tmp_path, folders=folders).store == Store("sqlite:///mlflow.db", str(tmp_path))
    own = Said("sqlite:///own.db", "set_tracking_uri")
    assert ask(tmp_path, folders=folders, tracking=own).store == Store("sqlite:///own.db", str(inner))
    none = Said("sqlite:///none.db", "set_tracking_uri")
    assert ask(tmp_path, folders=folders, tracking=none).store == Store("sqlite:///none.db", str(tmp_path))


def test_a_setting_starts_beside_its_file(tmp_path: Path) -> None:
    setting = Setting("sqlite:///a.db", "from mlq.toml", tmp_path / "inner")
    assert ask(tmp_path, setting=setting).store == Store("sqlite:///a.db", str(tmp_path / "inner"))


def test_one_picture_serves_all_folders_where_the_uri_is_not_relative(tmp_path: Path) -> None:
    for uri in ("http://host", "sqlite:////a/b.db", "file:///a"):
        assert ask(tmp_path, environ={"MLFLOW_TRACKING_URI": uri}).store == Store(uri)


def say(*texts: str | None) -> tuple[Said, ...]:
    return tuple(Said(text) for text in texts)


EXPERIMENTS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "all": ({}, ()),
    "of the call": (
        {"experiments": say("churn", "7"), "environ": {"MLFLOW_EXPERIMENT_ID": "3"}},
        ("churn", "7"),
    ),
    "of the call, one that only a run can tell": ({"experiments": say("churn", None)}, ()),
    "of the settings": (
        {"environ": {"MLFLOW_EXPERIMENT_ID": "3"}, "setting_experiments": ("a", "b")},
        ("a", "b"),
    ),
    "of the environment by name": (
        {"environ": {"MLFLOW_EXPERIMENT_ID": "3", "MLFLOW_EXPERIMENT_NAME": "churn"}},
        ("churn",),
    ),
    "of the environment by id": ({"environ": {"MLFLOW_EXPERIMENT_ID": "3"}}, ("3",)),
    "of .env": ({"dotenv": {"MLFLOW_EXPERIMENT_NAME": "churn"}}, ("churn",)),
    "of a variable": (
        {"experiments": (Said("churn", "set_experiment", "NAME"),), "environ": {"NAME": "credit"}},
        ("credit",),
    ),
    "models belong to none": (
        {"experiments": say("churn"), "environ": {"MLFLOW_EXPERIMENT_ID": "3"}, "entity": "model_versions"},
        (),
    ),
}


@pytest.mark.parametrize(("given", "experiments"), EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_which_experiments(given: dict[str, Any], experiments: tuple[str, ...], tmp_path: Path) -> None:
    of_settings = given.pop("setting_experiments", ())
    asked = Asked(
        tmp_path,
        (tmp_path,),
        "3.17.2",
        StoreReference(experiments=given.get("experiments", ())),
        EDITORS,
        experiments=of_settings,
    )
    around = Surroundings(given.get("environ", {}), given.get("dotenv", {}))
    store = resolve(asked, around, given.get("entity", "runs")).store
    assert store == Store("http://editor", experiments=experiments)
