"""One finding as people see it: its line, the place underlined, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.cli.frame import printable, rows
from mlq.findings import Edit, apply
from mlq.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq.cli.report.views import View, Views
    from mlq.cli.style import Style
    from mlq.findings import Finding, Fix


def shown(path: str, views: Views, finding: Finding, style: Style) -> Iterator[str]:
    """Yield the lines that show a finding."""
    place = views.of(finding.start, finding.end)
    lines = rows(place.view.lines, place.span)
    indent = " " * len(str(lines[-1].number))
    label = style.severity(f"{finding.severity}[{finding.code}]", finding.severity)
    label = style.link(label, finding.url)
    message, *notes = finding.message.splitlines()
    yield label + style.strong(f": {printable(message)}")
    yield f"{style.faint(f'{indent}-->')} {printable(path)}:{place}"
    yield style.faint(f"{indent} |")
    for row in lines:
        marked = style.severity(row.marked, finding.severity)
        yield style.faint(f"{row.number:>{len(indent)}} |") + f" {row.before}{marked}{row.after}"
        yield style.faint(f"{indent} |") + f" {style.severity(row.underline, finding.severity)}"
    for note in notes:
        yield style.faint(f"note: {printable(note)}")
    for fix in finding.fixes[:1]:
        caution = "" if fix.safe else " (look at it: it may not be what you mean)"
        yield style.better("help") + f": {printable(fix.title)}{caution}"
        view = views.of(fix.edits[0].start, fix.edits[0].end).view
        yield from _mended(view, fix, len(indent), style)
    if finding.url:
        yield style.faint(f"{indent} = {finding.url}")


def _mended(view: View, fix: Fix, digits: int, style: Style) -> Iterator[str]:
    """Yield the lines that the fix would leave, with what is new in them painted."""
    edits = [edit for each in fix.edits if (edit := view.edit(each))]
    first = view.lines.position(min(edit.start for edit in edits)).line
    last = view.lines.position(max(edit.end for edit in edits)).line
    start, end = view.lines.span(first)[0], view.lines.span(last)[1]
    snippet, changed = _applied(view.text[start:end], [_shifted(edit, -start) for edit in edits])
    for row in rows(LineIndex(snippet), changed):
        marked = style.better(row.marked)
        yield style.faint(f"{first + row.number:>{digits}} |") + f" {row.before}{marked}{row.after}"


def _shifted(edit: Edit, by: int) -> Edit:
    return Edit(edit.start + by, edit.end + by, edit.text)


def _applied(text: str, edits: list[Edit]) -> tuple[str, Span]:
    """Return the text with the edits made, and the span from the first change to the last."""
    start = min(edit.start for edit in edits)
    end = max(edit.end for edit in edits)
    mended = apply(edits, text)
    return mended, Span(start, max(start, end + len(mended) - len(text)))
