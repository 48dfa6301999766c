"""Checks on the findings in files that hold filters in code of another language."""

from __future__ import annotations

from mlq.findings import Edit, apply
from mlq.hosts import language_of
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from support.marks import read


def analysis_of(text: str, path: str) -> Analysis:
    """Return what is known of a file by its name's suffix."""
    return Analysis(Document(text, language_of(path) or "", path))


def check(source: str, path: str, fixed: str | None = None) -> None:
    """Check that a file has the marked findings (`^^ MLQ401`), and no others.

    With `fixed`, the fixes put just that in the place of each mark, and then nothing is found.
    """
    marked = read(source)
    found = [each.finding for each in analysis_of(marked.text, path).diagnostics()]
    assert [((f.start, f.end), f.code) for f in found] == [(tuple(s), code) for s, code in marked.marks]
    if fixed is not None:
        mended = apply([edit for finding in found for edit in finding.fixes[0].edits], marked.text)
        assert mended == apply([Edit(*span, fixed) for span in marked.spans], marked.text)
        assert analysis_of(mended, path).diagnostics() == []


def labels(source: str, path: str) -> list[str]:
    """Return the labels of what is offered at `$0`."""
    marked = read(source)
    assert marked.cursor is not None
    return [item.label for item in analysis_of(marked.text, path).completion(marked.cursor).items]


def accepted(source: str, path: str, label: str) -> str:
    """Return the file after the item of this label was chosen at `$0`."""
    marked = read(source)
    assert marked.cursor is not None
    offered = analysis_of(marked.text, path).completion(marked.cursor).items
    [item] = [item for item in offered if item.label == label]
    return apply([Edit(item.span.start, item.span.end, item.text)], marked.text)
