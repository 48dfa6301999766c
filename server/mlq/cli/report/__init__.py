"""The output formats: one module each, all with the same signature."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TextIO

from mlq.cli.checked import Checked
from mlq.cli.report import concise, full, json_array, listing
from mlq.cli.style import Style

if TYPE_CHECKING:
    from mlq.cli.arguments import OutputFormat

Writer = Callable[[Iterable[Checked], TextIO, Style], None]

FINDINGS: dict[OutputFormat, Writer] = {
    "full": full.write,
    "concise": concise.write,
    "json": json_array.write,
}
FILTERS: dict[OutputFormat, Writer] = {
    "full": listing.write,
    "concise": listing.write,
    "json": json_array.write_list,
}
