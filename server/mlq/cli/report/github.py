"""`--output-format github`: the commands by which GitHub's runners annotate the lines of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.cli.report.places import placed, relative

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from mlq.cli.checked import Checked
    from mlq.cli.report.places import Placed
    from mlq.cli.style import Style
    from mlq.findings import Severity

_COMMANDS: dict[Severity, str] = {
    "error": "error",
    "warning": "warning",
    "information": "notice",
    "hint": "notice",
}


def write(results: Iterable[Checked], out: TextIO, style: Style) -> None:  # noqa: ARG001 (every format takes it)
    """Print `::error file=…,line=…,col=…,title=…::message` as soon as a file is checked."""
    for checked in results:
        for each in placed(checked):
            print(_command(relative(checked.path), each), file=out)


def _command(path: str, each: Placed) -> str:
    finding = each.finding
    properties = {"file": path, "line": each.line, "endLine": each.end_line}
    if each.line == each.end_line:  # GitHub takes columns as those of one line.
        properties |= {"col": each.column, "endColumn": each.end_column}
    properties["title"] = finding.code
    said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {said}::{_data(each.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
