"""`--output-format jsonl`: one object a line, as soon as a file is checked."""

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
    """Print each finding as one line, with the fields that `json` has."""
    for checked in results:
        _print(located_findings(checked), out)


def write_list(results: Iterable[Checked], out: TextIO, style: Style) -> None:  # noqa: ARG001 (likewise)
    """Print each filter as one line, with the fields that `json` has."""
    for checked in results:
        _print(listed_filters(checked), out)


def _print(objects: Iterable[dict[str, Any]], out: TextIO) -> None:
    for each in objects:
        print(json.dumps(each), file=out)
    out.flush()
