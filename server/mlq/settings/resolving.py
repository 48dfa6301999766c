"""From what the sources say to the settings in force, and to what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from mlq.settings.options import OPTIONS, Option
from mlq.settings.values import Layer, Problem, Settings

if TYPE_CHECKING:
    from pathlib import Path

# What editors' own plugins keep under `mlq` for themselves; VS Code sends it along.
_EDITORS_OWN = frozenset({"trace", "path", "interpreter", "importStrategy", "logLevel"})


def resolve(layers: Iterable[Layer]) -> tuple[Settings, list[Problem]]:
    """Return the settings that the layers make together, the strongest first, and what is wrong in them."""
    found: dict[str, object] = {}
    origins: dict[str, str] = {}
    folders: dict[str, Path] = {}
    problems: list[Problem] = []
    for layer in layers:
        names = _names(layer)
        for key, value in layer.values.items():
            option = names.get(key)
            message = _fault(key, option, value, names)
            if message:
                problems.append(Problem(layer.origin, message))
            elif option and not _is_unset(value) and option.attribute not in found:
                found[option.attribute] = _frozen(value)
                origins[option.name] = layer.origin
                if layer.folder:
                    folders[option.name] = layer.folder
    settings = Settings(
        **found,  # type: ignore[arg-type]
        origins=MappingProxyType(origins),
        folders=MappingProxyType(folders),
    )
    return settings, problems


def editor_layer(origin: str, sent: object) -> Layer:
    """Return the layer that a client sent, bare or inside `mlq` or `settings`; null is an empty one."""
    for wrapper in ("settings", "mlq"):
        if isinstance(sent, Mapping) and isinstance(sent.get(wrapper), Mapping):
            sent = sent[wrapper]
    return Layer(origin, dict(sent) if isinstance(sent, Mapping) else {})


def _names(layer: Layer) -> dict[str, Option]:
    if layer.is_clients:
        return {option.camel: option for option in OPTIONS}
    return {option.name: option for option in OPTIONS}


def _is_unset(value: object) -> bool:
    # An empty tuple is set: only the command line makes one, to overrule a file's list.
    return value is None or value == "" or value == [] or value == {}


def _frozen(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, Mapping):
        return MappingProxyType({key: _frozen(each) for key, each in value.items()})
    return value


def _fault(key: str, option: Option | None, value: object, names: Mapping[str, Option]) -> str:
    if option is None:
        return "" if key in _EDITORS_OWN else f'there is no setting "{key}"{_did_you_mean(key, names)}'
    if option.is_clients and key not in _names(Layer("")):
        return f'"{key}" cannot be set by a file of the workspace; set it in the editor'
    if _is_unset(value):
        return ""
    from mlq.settings.kinds import KINDS  # few runs meet a setting at all

    fault = KINDS[option.kind].fault(value)
    return fault and f'"{key}" {fault}'


def _did_you_mean(key: str, names: Mapping[str, Option]) -> str:
    import difflib
    import re  # seldom needed, and the command line starts faster without it

    simple = {re.sub("[^a-z]", "", name.lower()): name for name in names}
    close = difflib.get_close_matches(re.sub("[^a-z]", "", key.lower()), simple, n=1)
    return f'; did you mean "{simple[close[0]]}"?' if close else f" (there are {', '.join(names)})"
