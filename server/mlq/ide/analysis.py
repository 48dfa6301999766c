"""The one door to every feature: a snapshot of a document, the MLflow that judges, and the known keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from mlq_grammar.spans import Span

from mlq.hosts import find_regions, region_at
from mlq.hosts.order_by import find_order_by
from mlq.hosts.region import FilterRegion
from mlq.hosts.store_reference import StoreReference
from mlq.ide import diagnostics, order_by
from mlq.ide.calls import of_calls
from mlq.ide.check import NEWEST, Judge, dialect_of
from mlq.ide.code_actions import code_actions
from mlq.ide.completion import complete
from mlq.ide.completion.order_by import complete_order_by
from mlq.ide.hover import hover
from mlq.ide.model import CodeAction, Completion, Diagnostic, Document, Hover
from mlq.ide.placing import hover_in_file, items_in_file
from mlq.ide.queries import of_queries
from mlq.ide.selection import EVERYTHING, Selection
from mlq.ide.suppressions import unsuppressed
from mlq.keys.index import NO_KEYS, KeyIndex
from mlq.keys.matches import Counts, Question
from mlq.rules.matches.matched import Matched, matched


@dataclass(frozen=True, slots=True)
class Analysis:
    """Answers about one document. Never raises on any text; does no I/O. All offsets are the document's.

    `keys` are the known ones of each entity; `connected` tells those of the store that a search asks, and is
    heard first; `counted` what that store said of filters. `why` says why it is this MLflow that judges:
    "from uv.lock"; `selection` which rules report.
    """

    document: Document
    judge: Judge = NEWEST
    keys: Mapping[str, KeyIndex] = field(default_factory=lambda: MappingProxyType({}))
    why: str = ""
    selection: Selection = EVERYTHING
    connected: Callable[[str, StoreReference], KeyIndex] = lambda _entity, _reference: NO_KEYS
    counted: Callable[[str, StoreReference], Counts] = lambda _entity, _reference: {}

    def regions(self) -> tuple[FilterRegion, ...]:
        """Return the filters of the document, in order."""
        document = self.document
        return find_regions(document.text, document.language, document.modules, document.filter_keys)

    def searched(self) -> tuple[tuple[str, StoreReference], ...]:
        """Return what the filters search, each once: an entity, and what the file says of its store."""
        return tuple(dict.fromkeys((region.entity, region.store) for region in self.regions()))

    def diagnostics(self) -> list[Diagnostic]:
        """Return the findings that neither settings nor comments suppress, sorted by place, then code."""
        found = unsuppressed(self.document, self._found())
        return sorted(self.selection.of(found), key=_place)

    def _found(self) -> list[Diagnostic]:
        found = [
            diagnostic
            for region in self.regions()
            for diagnostic in (*diagnostics.of_region(region, self.judge), *self._of_store(region))
        ]
        for region in find_order_by(self.document.text, self.document.language):
            found += order_by.of_list(region, self.judge)
        found += of_calls(self.document.text, self.document.language, self.judge.mlflow_version)
        found += of_queries(self.document.text, self.document.language)
        return found

    def _of_store(self, region: FilterRegion) -> Iterator[Diagnostic]:
        dialect = dialect_of(region.entity, self.judge)
        if dialect is None:
            return iter(())
        return diagnostics.of_store(region, dialect, self._known(region), self._matched(region))

    def questions(self) -> Iterator[tuple[str, StoreReference, tuple[Question, ...]]]:
        """Yield what is worth to be asked of the store of each filter: what it searches, where, and what."""
        for region in self.regions():
            matched = self._matched(region)
            if matched:
                yield region.entity, region.store, tuple(matched.wanted())

    def completion(self, offset: int, now: datetime | None = None) -> Completion:
        """Return what may be typed at the offset; nothing outside a filter or an item of an `order_by` list.

        Moments such as today are offered where `now` is given.
        """
        region, inner = self._at(offset)
        dialect = dialect_of(region.entity, self.judge) if region else None
        if region is None or dialect is None:
            return self._completion_of_order(offset)
        found = complete(region.text, inner, dialect, self._known(region), now)
        return replace(found, items=tuple(items_in_file(found.items, region, offset)))

    def _completion_of_order(self, offset: int) -> Completion:
        for items in find_order_by(self.document.text, self.document.language):
            dialect = dialect_of(items.entity, self.judge)
            for item in items.items:
                region = item.region
                if dialect is None or not region.start < offset < region.end:
                    continue
                inner = region.map.to_inner(offset) or 0
                known = self.keys.get(items.entity, NO_KEYS)
                found = complete_order_by(region.text, inner, dialect, known, is_dict=item.is_dict)
                return replace(found, items=tuple(items_in_file(found.items, region, offset)))
        return Completion()

    def hover(self, offset: int) -> Hover | None:
        """Return what is known of the thing at the offset, and why a finding there is one."""
        region, inner = self._at(offset)
        dialect = dialect_of(region.entity, self.judge) if region else None
        if region is None or dialect is None:
            return None
        known, matched = self._known(region), self._matched(region)
        found = hover(region.text, inner, dialect, known, self.why, matched)
        return hover_in_file(found, region, self.diagnostics(), offset)

    def code_actions(self, span: Span) -> list[CodeAction]:
        """Return what can be done about the findings that touch the span."""
        return list(code_actions(self.document, self.diagnostics(), span))

    def _known(self, region: FilterRegion) -> KeyIndex:
        known = self.connected(region.entity, region.store)
        return known if known.source else self.keys.get(region.entity, NO_KEYS)

    def _matched(self, region: FilterRegion) -> Matched | None:
        """Return a filter beside what is known of how many it matches; None where its text is not known.

        What is known is of the active ones, so it is none for a search that has a view of its own.
        """
        dialect = dialect_of(region.entity, self.judge)
        if dialect is None or region.holes or region.store.has_view:
            return None
        return matched(region.text, dialect, self._known(region), self.counted(region.entity, region.store))

    def _at(self, offset: int) -> tuple[FilterRegion | None, int]:
        """Return the filter at an offset of the document, and the offset in it."""
        document = self.document
        region = region_at(document.text, document.language, offset, document.filter_keys)
        inner = region.map.to_inner(offset) if region else None
        return (region, inner) if inner is not None else (None, 0)


def _place(diagnostic: Diagnostic) -> tuple[int, int, str]:
    return diagnostic.finding.start, diagnostic.finding.end, diagnostic.finding.code
