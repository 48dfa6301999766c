"""The output formats: one module each, all with the same signature; each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from mlq.cli.checked import Checked
from mlq.cli.style import Style

if TYPE_CHECKING:
    from mlq.cli.options import Options, OutputFormat

Writer = Callable[[Iterable[Checked], TextIO, Style], None]

_FINDINGS: dict[OutputFormat, str] = {
    "full": "full.write",
    "concise": "concise.write",
    "json": "json_array.write",
    "jsonl": "json_lines.write",
    "github": "github.write",
    "gitlab": "gitlab.write",
    "junit": "junit.write",
    "sarif": "sarif.write",
}
_FILTERS: dict[OutputFormat, str] = {
    "full": "listing.write",
    "concise": "listing.write",
    "json": "json_array.write_list",
    "jsonl": "json_lines.write_list",
}
_STATISTICS: dict[OutputFormat, str] = {
    "full": "statistics.write",
    "concise": "statistics.write",
    "json": "statistics.write_json",
}


def writer_for(options: Options) -> Writer:
    """Return what prints the results in the format that was asked for."""
    writers = _FILTERS if options.list_filters else _STATISTICS if options.statistics else _FINDINGS
    module, function = writers[options.output_format].split(".")
    writer: Writer = getattr(import_module(f"mlq.cli.report.{module}"), function)
    return writer
