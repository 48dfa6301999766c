"""Every setting, declared once: what editors send and what `[tool.mlq]` says are read by this one table."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from mlq_grammar.releases import is_version

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal["text", "names", "switch"]


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: its name in `pyproject.toml`, its kind, its default, and what it does.

    `is_clients` marks what only the client may say, never a file of the workspace.
    """

    name: str
    kind: Kind
    default: object
    prose: str
    is_clients: bool = False

    @property
    def camel(self) -> str:
        """The name in editors: `trackingUri`."""
        first, *rest = self.name.split("-")
        return first + "".join(word.capitalize() for word in rest)

    @property
    def attribute(self) -> str:
        """The name in `Settings`: `tracking_uri`."""
        return self.name.replace("-", "_")


OPTIONS = (
    Option(
        "tracking-uri",
        "text",
        "",
        "Where the runs are, as MLflow's tracking URI, for completing keys and values. "
        "Empty: what `MLFLOW_TRACKING_URI` says, else MLflow's own default.",
    ),
    Option(
        "experiments",
        "names",
        (),
        "The names of the experiments whose keys and values are offered. Empty: all of the store's.",
    ),
    Option(
        "mlflow-version",
        "text",
        "",
        "The version of MLflow that judges the filters, such as `2.22` or `3.17.2`. Empty: the one of the "
        "tracking server, else the one that the project has installed or pins, else the newest known.",
    ),
    Option(
        "connect",
        "switch",
        default=True,
        prose="Whether the tracking store is read at all. Off: completion offers what the language allows.",
    ),
    Option(
        "trust-workspace",
        "switch",
        default=False,
        prose="Whether a tracking URI that a file of the workspace names may be connected to.",
        is_clients=True,
    ),
)

DEFAULT = "default"
CONFIGURATION = "workspace/configuration"
INITIALIZATION = "initializationOptions"

_KIND_PROSE: Mapping[Kind, str] = {
    "text": "a string",
    "names": "a list of strings",
    "switch": "true or false",
}
# What editors' own plugins keep under `mlq` for themselves; VS Code sends it along.
_EDITORS_OWN = frozenset({"trace", "path", "interpreter", "importStrategy", "logLevel"})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force; `origins` tells for each that is not a default where it was set."""

    tracking_uri: str = ""
    experiments: tuple[str, ...] = ()
    mlflow_version: str = ""
    connect: bool = True
    trust_workspace: bool = False
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def origin(self, name: str) -> str:
        """Return where a setting (`tracking-uri`) was set: an editor's request, a file, or "default"."""
        return self.origins.get(name, DEFAULT)

    @property
    def needs_trust(self) -> bool:
        """Whether the tracking URI is a workspace file's word, which the person has not trusted yet."""
        return self._is_files_word and not self.trust_workspace

    def store_folder(self, workspace: Path) -> Path:
        """Return where a relative URI starts: beside the file that says it, else in the workspace."""
        return type(workspace)(self.origin("tracking-uri")).parent if self._is_files_word else workspace

    @property
    def _is_files_word(self) -> bool:
        return self.origin("tracking-uri") not in {DEFAULT, CONFIGURATION, INITIALIZATION}


@dataclass(frozen=True, slots=True)
class Problem:
    """A setting that cannot be used, said for people; the setting keeps its next best value."""

    origin: str
    message: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.message}"


@dataclass(frozen=True, slots=True)
class Layer:
    """What one source says, unchecked. `is_clients` tells the client's own word from a workspace file's."""

    origin: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    is_clients: bool = True


def resolve(layers: Iterable[Layer]) -> tuple[Settings, list[Problem]]:
    """Return the settings that the layers make together, the strongest first, and what is wrong in them."""
    found: dict[str, object] = {}
    origins: dict[str, str] = {}
    problems: list[Problem] = []
    for layer in layers:
        names = _names(layer)
        for key, value in layer.values.items():
            option = names.get(key)
            message = _fault(key, option, value, names)
            if message:
                problems.append(Problem(layer.origin, message))
            elif option and not _is_unset(value) and option.attribute not in found:
                found[option.attribute] = tuple(value) if isinstance(value, list) else value
                origins[option.name] = layer.origin
    return Settings(**found, origins=MappingProxyType(origins)), problems  # type: ignore[arg-type]


def editor_layer(origin: str, sent: object) -> Layer:
    """Return the layer that a client sent, bare or inside `mlq` or `settings`; null is an empty one."""
    for wrapper in ("settings", "mlq"):
        if isinstance(sent, Mapping) and isinstance(sent.get(wrapper), Mapping):
            sent = sent[wrapper]
    return Layer(origin, dict(sent) if isinstance(sent, Mapping) else {})


def pyproject_layer(start: Path) -> tuple[Layer | None, list[Problem]]:
    """Return `[tool.mlq]` of the nearest `pyproject.toml` that has one, in or above a folder or file.

    A file that cannot be read or parsed is a problem, and ends the search as ruff's and mypy's does.
    """
    for folder in (start, *start.parents):
        path = folder / "pyproject.toml"
        try:
            content = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            return None, [Problem(str(path), f"cannot be read: {error.strerror}")]
        if b"mlq" not in content:
            continue
        table, fault = _tool_table(content)
        if fault:
            return None, [Problem(str(path), fault)]
        if table is not None:
            return Layer(str(path), table, is_clients=False), []
    return None, []


def load(start: Path) -> tuple[Settings, list[Problem]]:
    """Return the settings for a folder or file outside of any editor: `[tool.mlq]` over the defaults."""
    layer, problems = pyproject_layer(start.absolute())
    settings, more = resolve([layer] if layer else [])
    return settings, problems + more


def vscode_properties() -> dict[str, dict[str, Any]]:
    """Return `contributes.configuration.properties` of the VS Code extension.

    Trust is not among them: VS Code has its own, which the extension passes on.
    """
    return {f"mlq.{option.camel}": _vscode_property(option) for option in OPTIONS if not option.is_clients}


def _vscode_property(option: Option) -> dict[str, Any]:
    # VS Code sends defaults as if the person had set them. So each has to be a value that counts as unset,
    # or it would hide what pyproject.toml says.
    shape: dict[Kind, dict[str, Any]] = {
        "text": {"type": "string", "default": ""},
        "names": {"type": "array", "items": {"type": "string"}, "default": []},
        "switch": {"type": ["boolean", "null"], "default": None},
    }
    return {**shape[option.kind], "markdownDescription": option.prose, "scope": "resource"}


def _names(layer: Layer) -> dict[str, Option]:
    if layer.is_clients:
        return {option.camel: option for option in OPTIONS}
    return {option.name: option for option in OPTIONS}


def _is_unset(value: object) -> bool:
    return value is None or value == "" or value == []


def _fault(key: str, option: Option | None, value: object, names: Mapping[str, Option]) -> str:
    if option is None:
        return "" if key in _EDITORS_OWN else f'there is no setting "{key}"{_did_you_mean(key, names)}'
    if option.is_clients and key not in _names(Layer("")):
        return f'"{key}" cannot be set by a file of the workspace; set it in the editor'
    if _is_unset(value):
        return ""
    if not _fits(value, option.kind):
        return f'"{key}" must be {_KIND_PROSE[option.kind]}'
    if option.name == "mlflow-version" and not is_version(str(value)):
        return f'"{key}" must be a version such as "2.22" or "3.17.2"'
    return ""


def _fits(value: object, kind: Kind) -> bool:
    if kind == "switch":
        return isinstance(value, bool)
    if kind == "text":
        return isinstance(value, str)
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _did_you_mean(key: str, names: Mapping[str, Option]) -> str:
    import difflib  # seldom needed, and the command line starts faster without it

    simple = {re.sub("[^a-z]", "", name.lower()): name for name in names}
    close = difflib.get_close_matches(re.sub("[^a-z]", "", key.lower()), simple, n=1)
    return f'; did you mean "{simple[close[0]]}"?' if close else f" (there are {', '.join(names)})"


def _tool_table(content: bytes) -> tuple[dict[str, object] | None, str]:
    # Only few runs meet a `[tool.mlq]`; type checkers see neither module where the other is the one to have.
    tomllib = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        parsed = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return None, f"is not valid TOML: {error}"
    tool = parsed.get("tool")
    table = tool.get("mlq") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        return None, "[tool.mlq] must be a table"
    return table, ""
