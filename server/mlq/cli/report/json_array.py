"""`--output-format json`: one array, for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mlq.cli.report.fields import listed_filters, located_findings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from mlq.cli.checked import Checked
    from mlq.cli.style import Style


def write(results: Iterable[Checked], out: TextIO, style: Style) -> None:  # noqa: ARG001 (every format takes it)
    """Print the findings of all files as one array of objects."""
    _print([fields for checked in results for fields in located_findings(checked)], out)


def write_list(results: Iterable[Checked], out: TextIO, style: Style) -> None:  # noqa: ARG001 (likewise)
    """Print the filters of all files as one array of objects."""
    _print([fields for checked in results for fields in listed_filters(checked)], out)


def _print(array: list[dict[str, Any]], out: TextIO) -> None:
    """Print plain ASCII: whatever the terminal's encoding, it reads back the same."""
    json.dump(array, out, indent=2)
    print(file=out)
