"""The one door to every feature: an immutable snapshot of a document, the MLflow that judges, and the known keys."""

from __future__ import annotations

from dataclasses import dataclass

from mlq_grammar.spans import Span

from mlq.hosts.region import FilterRegion
from mlq.ide.model import CodeAction, CompletionItem, Diagnostic, Document, Hover
from mlq.keys.index import NO_KEYS, KeyIndex


@dataclass(frozen=True, slots=True)
class Analysis:
    """Answers about one document. Never raises on any text; does no I/O. All offsets are the document's."""

    document: Document
    mlflow_version: str | None = None
    keys: KeyIndex = NO_KEYS

    def regions(self) -> tuple[FilterRegion, ...]:
        """Return the filters of the document, in order."""
        raise NotImplementedError

    def diagnostics(self) -> list[Diagnostic]:
        """Return all findings, sorted by place, then code."""
        raise NotImplementedError

    def completion(self, offset: int) -> list[CompletionItem]:
        """Return what may be typed at the offset; nothing outside a filter."""
        raise NotImplementedError

    def hover(self, offset: int) -> Hover | None:
        """Return what is known of the thing at the offset."""
        raise NotImplementedError

    def code_actions(self, span: Span) -> list[CodeAction]:
        """Return the fixes of the findings that touch the span."""
        raise NotImplementedError
