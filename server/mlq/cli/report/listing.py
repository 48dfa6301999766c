"""`--list`: the filters found, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.cli.frame import printable
from mlq.cli.report.views import Views

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from mlq.cli.checked import Checked
    from mlq.cli.style import Style


def write(results: Iterable[Checked], out: TextIO, style: Style) -> None:
    """Print `path:line:column: api: filter` as soon as a file is read."""
    for checked in results:
        if not checked.regions:
            continue
        views = Views(checked)
        for region in checked.regions:
            where = f"{printable(checked.path)}:{views.of(region.start, region.end)}"
            print(f"{where}: {style.faint(region.api or region.entity)}: {printable(region.text)}", file=out)
