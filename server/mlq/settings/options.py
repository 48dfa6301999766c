"""The table of all settings: name, kind, default, and what each does."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlq.settings.kinds import Kind

NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: its name in files, its kind, its default, and what it does.

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
        "Empty: what the file says, else `MLFLOW_TRACKING_URI`, else MLflow's own default.",
    ),
    Option(
        "experiments",
        "names",
        (),
        "The names of the experiments whose keys and values are offered. Empty: all of the store's.",
    ),
    Option(
        "mlflow-version",
        "version",
        "",
        "The version of MLflow that judges the filters, such as `2.22` or `3.17.2`. Empty: the one of the "
        "tracking server, else the one that the project has installed or pins, else the newest known.",
    ),
    Option(
        "keys",
        "text",
        "",
        "A file that `mlq keys --save` wrote, by which names and values are checked where no store is "
        "connected, as in CI. A relative path starts beside the file of settings.",
    ),
    Option(
        "connect",
        "switch",
        default=True,
        prose="Whether the tracking store is read at all. Off: completion offers what the language allows.",
    ),
    Option(
        "match-counts",
        "switch",
        default=True,
        prose="Whether the store is asked how many runs or the like each filter of an open file matches now.",
    ),
    Option(
        "select",
        "rules",
        (),
        "The rules that report: codes such as `MLQ401`, their beginnings such as `MLQ4`, or names such as "
        "`param-not-text`. Empty: all rules.",
    ),
    Option(
        "ignore",
        "rules",
        (),
        "The rules that do not report, named as in `select`. Of the two, the one that names a rule more "
        "exactly counts.",
    ),
    Option("extend-ignore", "rules", (), "More rules that do not report, beside those of `ignore`."),
    Option(
        "per-file-ignores",
        "rules by pattern",
        NONE,
        "The rules that do not report in some files: for each pattern, as `.gitignore` has them, a list of "
        "rules. `!` before a pattern means all other files.",
    ),
    Option(
        "severity",
        "levels",
        NONE,
        "The level of what a rule reports: for each rule, or beginning of codes, `error`, `warning`, "
        "`information`, `hint` or `off`.",
    ),
    Option(
        "filter-keys",
        "entities",
        NONE,
        "The keys of YAML and TOML files whose values are filters, such as `where` or `evaluation.where`, "
        "and for each what it searches, such as `runs`. MLflow's own `filter_string` needs no word here.",
    ),
    Option(
        "exclude",
        "patterns",
        (),
        "The files and folders that are not checked, as patterns of `.gitignore`. A file that is named on "
        "the command line is checked all the same.",
    ),
    Option("extend-exclude", "patterns", (), "More files and folders, beside those of `exclude`."),
    Option(
        "force-exclude",
        "switch",
        default=False,
        prose="Whether what is excluded stays unchecked even where it is named on the command line.",
    ),
    Option(
        "respect-gitignore",
        "switch",
        default=True,
        prose="Whether files that git ignores are left out where a folder is checked.",
    ),
    Option(
        "trust-workspace",
        "switch",
        default=False,
        prose="Whether a store that a file of the workspace names may be connected to.",
        is_clients=True,
    ),
)
