"""`--output-format concise`: one line a finding, as compilers print it and editors read it."""

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
    """Print `path:line:column: severity[code] message` as soon as a file is checked."""
    for checked in results:
        if not checked.diagnostics:
            continue
        views = Views(checked)
        for diagnostic in checked.diagnostics:
            finding = diagnostic.finding
            label = style.severity(f"{finding.severity}[{finding.code}]", finding.severity)
            label = style.link(label, finding.url)
            where = f"{printable(checked.path)}:{views.of(finding.start, finding.end)}"
            print(f"{where}: {label} {printable(finding.message.splitlines()[0])}", file=out)
