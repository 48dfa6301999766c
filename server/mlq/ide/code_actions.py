"""What can be done about the findings at a place: mend them, or have a comment suppress them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mlq_grammar.spans import Span

from mlq.ide import ignoring
from mlq.ide.model import CodeAction, Diagnostic, Document


def code_actions(document: Document, diagnostics: Iterable[Diagnostic], span: Span) -> Iterator[CodeAction]:
    """Yield the fixes of the findings that the span touches, then the ways to suppress them."""
    findings = [each.finding for each in diagnostics]
    touched = [each for each in findings if each.start <= span.end and span.start <= each.end]
    for finding in touched:
        for fix in finding.fixes:
            yield CodeAction(fix.title, fix.edits, finding, is_preferred=fix.safe)
    for finding in {each.code: each for each in touched}.values():
        edits = ignoring.beside(document, [finding])
        if edits:
            yield CodeAction(f"Ignore {finding.code} on this line", edits, finding)
        edit = ignoring.for_file(document, finding)
        if edit:
            yield CodeAction(f"Ignore {finding.code} in this file", [edit], finding)
