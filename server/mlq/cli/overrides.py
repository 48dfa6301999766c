"""The arguments that overrule what files say; every command that reads settings takes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

_LISTS = (
    ("select", "RULES", "report only these rules, by code, beginning of a code (MLQ4) or name"),
    ("ignore", "RULES", "do not report these rules"),
    ("extend-ignore", "RULES", "nor these, beside those that the settings ignore"),
    ("exclude", "PATTERNS", "leave out these files and folders, named as in .gitignore"),
    ("extend-exclude", "PATTERNS", "and these, beside those that the settings exclude"),
)
_SWITCHES = (
    ("force-exclude", "leave excluded files out even where they are named"),
    ("respect-gitignore", "leave out what git ignores where folders are checked (default)"),
)


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the command line says of settings, by their names, and which files are to be read."""

    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    config: str | None = None
    isolated: bool = False


def add_overrides(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to a command."""
    from argparse import BooleanOptionalAction

    add = parser.add_argument_group(
        "settings", "They come before what the nearest mlq.toml or pyproject.toml says."
    ).add_argument
    add(
        "--mlflow-version",
        type=version,
        metavar="V",
        help="the MLflow that judges, such as 3.10 (default: the one that the project has installed or pins, "
        "else the newest known, which also judges --jsonl)",
    )
    for name, metavar, help_ in _LISTS:
        add(f"--{name}", type=_names, action="extend", metavar=metavar, help=help_)
    for name, help_ in _SWITCHES:
        add(f"--{name}", action=BooleanOptionalAction, default=None, help=help_)
    add("--config", metavar="FILE", help="read the settings from this file alone")
    add("--isolated", action="store_true", help="read no file of settings")


def overrides(given: argparse.Namespace) -> Overrides:
    """Return what was given."""
    names = ["mlflow-version", *(name for name, *_ in _LISTS), *(name for name, _ in _SWITCHES)]
    values = {name: getattr(given, name.replace("-", "_")) for name in names}
    values = {name: value for name, value in values.items() if value is not None}
    if "select" in values:
        # Whoever asks for rules by hand means them, whatever a file ignores.
        values = {"ignore": (), "extend-ignore": (), **values}
    return Overrides(MappingProxyType(values), given.config, given.isolated)


def conflict(given: argparse.Namespace) -> str | None:
    """Say what is wrong with arguments that are each right alone."""
    if given.isolated and given.config:
        return "--isolated reads no file of settings; leave out --config"
    return None


def version(text: str) -> str:
    """Read the argument of `--mlflow-version`."""
    from argparse import ArgumentTypeError

    from mlq_grammar.releases import is_version

    if not is_version(text):
        raise ArgumentTypeError(f"{text!r} is no version; write one such as 3.10 or 2.22.1")
    return text


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    return [name for name in names if name]
