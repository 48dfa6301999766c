"""`--output-format full`: each finding with its line, the place underlined, and what to write instead."""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing would cost more than the rest of this module

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from mlq.cli.checked import Checked
    from mlq.cli.style import Style


def write(results: Iterable[Checked], out: TextIO, style: Style) -> None:
    """Print each finding as soon as its file is checked."""
    for checked in results:
        if not checked.diagnostics:
            continue
        from mlq.cli.report.shown import shown  # most runs find nothing
        from mlq.cli.report.views import Views

        views = Views(checked)
        for diagnostic in checked.diagnostics:
            for line in shown(checked.path, views, diagnostic.finding, style):
                print(line.rstrip(), file=out)
            print(file=out)
