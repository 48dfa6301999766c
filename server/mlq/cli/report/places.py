"""Where findings stand, as the services that show them to people want it said."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from mlq.cli.report.views import Views
from mlq.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq.cli.checked import Checked
    from mlq.cli.report.views import Place
    from mlq.findings import Finding
    from mlq.ide.model import Diagnostic


class Placed(NamedTuple):
    """A finding with its first and last place, from 1 in code points, and with what tells it from others.

    `fingerprint` stays the same where only other lines of the file change, and no two of a file are equal.
    `cell` is where people see the finding in a notebook, such as `Cell 3, line 4: `; empty in other files.
    """

    finding: Finding
    line: int
    column: int
    end_line: int
    end_column: int
    fingerprint: str
    cell: str = ""

    @property
    def message(self) -> str:
        """What the finding says, in a notebook with its cell: services show the lines of the JSON."""
        return f"{self.cell}{self.finding.message}"


def placed(checked: Checked) -> Iterator[Placed]:
    """Yield the findings of a file with their places."""
    lines, views = LineIndex(checked.text), Views(checked)
    seen: Counter[str] = Counter()
    for diagnostic in checked.diagnostics:
        finding = diagnostic.finding
        mark = _mark(checked, diagnostic)
        seen[mark] += 1
        fingerprint = hashlib.sha256(f"{mark}\0{seen[mark]}".encode("utf-8", "surrogatepass")).hexdigest()
        start, end = lines.position1(finding.start), lines.position1(finding.end)
        yield Placed(finding, *start, *end, fingerprint, _cell(views.of(finding.start, finding.end)))


def _cell(place: Place) -> str:
    line, _ = place.view.lines.position1(place.span.start)
    return f"Cell {place.view.cell}, line {line}: " if place.view.cell else ""


def _mark(checked: Checked, diagnostic: Diagnostic) -> str:
    """Return what a finding is about, without where in the file that is."""
    finding, region = diagnostic.finding, diagnostic.region
    about = (region.entity, region.text) if region else ("", "")
    token = checked.text[finding.start : finding.end]
    return "\0".join((relative(checked.path), finding.code, *about, token))


def relative(path: str) -> str:
    """Return a path with `/`, from the current folder where it lies in it."""
    here, file = Path.cwd(), Path(path)
    if file.is_absolute() and file.is_relative_to(here):
        file = file.relative_to(here)
    return Path(os.path.normpath(file)).as_posix()


def uri(path: str) -> str:
    """Return the reference to a file: from the current folder where it lies in it, else absolute."""
    name = relative(path)
    if Path(name).is_absolute() or name.startswith("../"):
        return Path(name).resolve().as_uri()
    return quote(os.fsencode(name))
