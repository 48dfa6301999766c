"""What can be mended at a place: the fixes of the findings there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mlq_grammar.spans import Span

from mlq.ide.model import CodeAction, Diagnostic


def code_actions(diagnostics: Iterable[Diagnostic], span: Span) -> Iterator[CodeAction]:
    """Yield the fixes of the findings that the span touches."""
    for diagnostic in diagnostics:
        finding = diagnostic.finding
        if finding.start <= span.end and span.start <= finding.end:
            for fix in finding.fixes:
                yield CodeAction(fix.title, fix.edits, finding, is_preferred=fix.safe)
