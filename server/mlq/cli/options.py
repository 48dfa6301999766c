"""What `mlq-check` was asked to do, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mlq.cli.overrides import Overrides

OutputFormat = Literal["full", "concise", "json", "jsonl", "github", "gitlab", "junit", "sarif"]

OUTPUT_FORMATS: tuple[OutputFormat, ...] = (
    "full",
    "concise",
    "json",
    "jsonl",
    "github",
    "gitlab",
    "junit",
    "sarif",
)
FOR_PEOPLE: frozenset[OutputFormat] = frozenset({"full", "concise", "github"})
"""The formats that somebody reads as they come: a summary on standard error ends them."""

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Options:
    """What `mlq-check` was asked to do; the arguments of the same names say what each means."""

    paths: tuple[str, ...] = (".",)
    filter: str | None = None
    entity: str = "runs"
    jsonl: bool = False
    list_filters: bool = False
    overrides: Overrides = field(default_factory=Overrides)
    output_format: OutputFormat = "full"
    output_file: str | None = None
    stdin_filename: str = ""
    why: tuple[str, int] | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    add_ignores: bool = False
    statistics: bool = False
    exit_zero: bool = False
    max_warnings: int | None = None
    since: str | None = None
    staged: bool = False
    watch: bool = False

    @property
    def mends(self) -> bool:
        """Whether fixes are made, be it only for show."""
        return self.fix or self.diff

    @property
    def changes(self) -> bool:
        """Whether files are changed, be it only for show."""
        return self.mends or self.add_ignores

    @property
    def prints_text(self) -> bool:
        """Whether standard input is printed as it is mended."""
        return self.fix and not self.diff and STDIN in self.paths
