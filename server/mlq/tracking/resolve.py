"""Which store the keys of a filter come from: the one that MLflow itself would ask, and why that one.

The person's setting comes first, then MLflow's own order: what the file says, the environment, a `.env`, the
default of the MLflow in use. What a file of the workspace says leads out of it only once that is trusted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from mlq_grammar.releases import numbers

from mlq.hosts.store_reference import NOTHING_SAID, Said, StoreReference
from mlq.tracking.interpreters import interpreter
from mlq.tracking.protocol import Store, StoreError
from mlq.tracking.uri import FolderUri, SqliteUri, parse_uri, show_uri

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TRACKING_URI = "MLFLOW_TRACKING_URI"
REGISTRY_URI = "MLFLOW_REGISTRY_URI"
_EXPERIMENTS = ("MLFLOW_EXPERIMENT_NAME", "MLFLOW_EXPERIMENT_ID")
REGISTERED = frozenset({"registered_models", "model_versions", "prompts"})
"""The entities that MLflow looks for in the model registry, which may be another store."""

_SQLITE, _FILES = "sqlite:///mlflow.db", "./mlruns"
_SQLITE_SINCE = numbers("3.7.0")


@dataclass(frozen=True, slots=True)
class Setting:
    """The tracking URI that the settings say; `source` says for people where: "from mlq.toml".

    A relative path starts in `folder`. `is_workspaces` tells that it is the word of a file of the workspace.
    """

    uri: str
    source: str = ""
    folder: Path | None = None
    is_workspaces: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """All of a filter's file, its project and its settings that decides on the store.

    `folders` are those that its program may be started in, the likeliest first; `workspace` is the folder
    that the person opened, `mlflow_version` the version that the project uses.
    """

    workspace: Path
    folders: tuple[Path, ...]
    mlflow_version: str
    reference: StoreReference = NOTHING_SAID
    setting: Setting | None = None
    experiments: tuple[str, ...] = ()
    is_trusted: bool = False
    is_connected: bool = True


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The variables of the environment, and those of a `.env`, which is empty where it may not be read."""

    environ: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    dotenv: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Resolved:
    """The store to read, or None; `why` is "named by set_tracking_uri", or why there is none to read.

    `said` is what the file says of it, where that decided; `advice` what to do where there is none.
    """

    store: Store | None
    why: str
    said: Said | None = None
    advice: str = ""

    def sentence(self, place: str = "") -> str:
        """Return what was decided, for people; `place` is where the file says it: `train.py:12`."""
        at = f" at {place}" if place and self.said else ""
        head = show_uri(self.store.uri) if self.store else "no keys"
        return f"{head}: {self.why}{at}{self.advice}"


@dataclass(frozen=True, slots=True)
class _Named:
    """A tracking URI, None where only a run can tell it, and who says so."""

    uri: str | None
    why: str
    folders: tuple[Path, ...]
    is_files: bool = False
    said: Said | None = None
    advice: str = ""


def resolve(asked: Asked, around: Surroundings, entity: str = "runs") -> Resolved:
    """Return the store that MLflow would search for an entity; asks the disk only what is there."""
    if not asked.is_connected:
        return Resolved(None, 'the setting "connect" is off')
    named = next(_candidates(asked, around, entity), None) or _default(asked)
    if named.uri is None:
        return Resolved(None, named.why, named.said, named.advice)
    folder = _folder(named.uri, named.folders)
    if named.is_files and not asked.is_trusted and not _is_inside(named.uri, folder, asked.workspace):
        why = f"{show_uri(named.uri)} is {named.why}"
        return Resolved(None, why, named.said, ", and the workspace is not trusted")
    return Resolved(_store(named.uri, folder, asked, around, entity), named.why, named.said)


def _candidates(asked: Asked, around: Surroundings, entity: str) -> Iterator[_Named]:
    """Yield who names a store, the one that counts first."""
    if entity not in REGISTERED:
        yield from _of_tracking(asked, around)
        return
    yield from _of_file(asked.reference.registry_uri, asked, around)
    yield from _of_variables(REGISTRY_URI, asked, around)
    for named in _of_tracking(asked, around):
        is_databricks = named.uri is not None and re.match(r"databricks(://|$)", named.uri)
        yield replace(named, uri=f"databricks-uc{named.uri[10:]}") if named.uri and is_databricks else named


def _of_tracking(asked: Asked, around: Surroundings) -> Iterator[_Named]:
    if asked.setting:
        setting = asked.setting
        whence = f"named by the setting tracking-uri, {setting.source}"
        start = (setting.folder,) if setting.folder else asked.folders
        yield _Named(setting.uri, whence, start, setting.is_workspaces)
    yield from _of_file(asked.reference.tracking_uri, asked, around)
    yield from _of_variables(TRACKING_URI, asked, around)


def _of_file(said: Said | None, asked: Asked, around: Surroundings) -> Iterator[_Named]:
    if said is None:
        return
    variable = said.variable
    uri = said.text
    is_persons = False
    if variable:
        is_persons = variable in {TRACKING_URI, REGISTRY_URI} and bool(around.environ.get(variable))
        uri = around.environ.get(variable) or around.dotenv.get(variable) or said.text
        if uri is None and variable == TRACKING_URI:
            return
    if uri is None:
        why = f"only a run can tell the tracking URI of {said.by}"
        yield _Named(None, why, asked.folders, said=said, advice="; the setting tracking-uri can say it")
    else:
        yield _Named(uri, f"named by {said.by}", asked.folders, not is_persons, said)


def _of_variables(name: str, asked: Asked, around: Surroundings) -> Iterator[_Named]:
    # MLflow takes an empty variable for none.
    if around.environ.get(name):
        yield _Named(around.environ[name], f"named by {name}", asked.folders)
    elif around.dotenv.get(name):
        yield _Named(around.dotenv[name], f"named by {name} in .env", asked.folders, is_files=True)


def _default(asked: Asked) -> _Named:
    """Return the store that this MLflow makes where nobody names one, if it is there."""
    version, first = asked.mlflow_version, asked.folders[0]
    for folder in asked.folders:
        uri = _default_in(folder, version)
        if _exists(folder / uri.removeprefix("sqlite:///")):
            return _Named(uri, f"the default of MLflow {version} in {folder}", (folder,), is_files=True)
    name = "mlruns" if numbers(version) < _SQLITE_SINCE else "mlflow.db"
    why = f"no tracking URI is set, and no {name}, which MLflow {version} takes then, is in {first}"
    return _Named(None, why, asked.folders)


def _default_in(folder: Path, version: str) -> str:
    """Return the default of a version of MLflow in a working folder.

    Since 3.7.0 that is a database, unless `mlruns` holds an experiment already (run: 3.17.2).
    """
    if numbers(version) < _SQLITE_SINCE:
        return _FILES
    try:
        names = [entry for entry in (folder / "mlruns").iterdir() if entry.name.isdigit()]
    except OSError:
        names = []
    return _FILES if any(_exists(entry / "meta.yaml") for entry in names) else _SQLITE


def _store(uri: str, folder: Path, asked: Asked, around: Surroundings, entity: str) -> Store:
    experiments = () if entity in REGISTERED else _experiments(asked, around)
    # Where it makes no difference, all searches share one picture.
    is_relative = _path(uri, folder) != _path(uri, folder.parent)
    python = ""
    if _path(uri, folder) is None:
        python = interpreter(asked.folders, around.environ, trusted=asked.is_trusted)
    return Store(uri, str(folder) if is_relative else "", experiments, python)


def _experiments(asked: Asked, around: Surroundings) -> tuple[str, ...]:
    """Return the names or ids of the experiments of a search; nothing where all may be meant."""
    said = asked.reference.experiments
    if said:
        texts = [_value(each, around) for each in said]
        return () if None in texts else tuple(text for text in texts if text)
    if asked.experiments:
        return asked.experiments
    given = (variables.get(name) for name in _EXPERIMENTS for variables in (around.environ, around.dotenv))
    return next(((text,) for text in given if text), ())


def _value(said: Said, around: Surroundings) -> str | None:
    variable = said.variable
    return (around.environ.get(variable) or around.dotenv.get(variable) if variable else None) or said.text


def _folder(uri: str, folders: tuple[Path, ...]) -> Path:
    """Return the folder that a relative path starts in: the first in which it leads to something."""
    if len(folders) == 1 or _path(uri, folders[0]) == _path(uri, folders[1]):
        return folders[0]  # it is not relative, and may stand on a disk that does not answer
    paths = ((folder, _path(uri, folder)) for folder in folders)
    return next((folder for folder, path in paths if path and _exists(path)), folders[0])


def _is_inside(uri: str, folder: Path, workspace: Path) -> bool:
    """Whether a URI names a file or folder of the workspace, whatever links lead there."""
    path = _path(uri, folder)
    if path is None or not path.is_relative_to(workspace):
        return False
    try:
        return path.resolve().is_relative_to(workspace.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def _path(uri: str, folder: Path) -> Path | None:
    """Return the file or folder that a URI names; None for a server, and for what cannot be read."""
    try:
        store = parse_uri(uri, str(folder))
    except StoreError:
        return None
    return store.path if isinstance(store, (FolderUri, SqliteUri)) else None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
