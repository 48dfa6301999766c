"""What the features answer: plain values in offsets and strings, ready for any editor or terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mlq_grammar.spans import Span

from mlq.findings import Edit, Finding
from mlq.hosts.keyed import FilterKeys
from mlq.hosts.modules import Modules
from mlq.hosts.region import FilterRegion

CompletionKind = Literal["prefix", "key", "attribute", "operator", "value", "keyword"]


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what it is.

    `path` is for messages and for choosing the host where `language` is unknown; `modules` are those of the
    workspace that the text imports; `filter_keys` the keys that a setting calls filters in a file of keys and
    values, with their entities.
    """

    text: str
    language: str
    path: str = ""
    modules: Modules = ()
    filter_keys: FilterKeys = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding in a file: its offsets are the file's, its region the filter that it speaks of, if any."""

    finding: Finding
    region: FilterRegion | None = None


@dataclass(frozen=True, slots=True)
class CompletionItem:
    """A proposal: put `text` in the place of `span` (offsets of the file). Lower ranks come first."""

    label: str
    span: Span
    text: str
    kind: CompletionKind
    detail: str = ""
    documentation: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be typed at a place, the best first. Where it is incomplete, the next letter brings others."""

    items: tuple[CompletionItem, ...] = ()
    is_incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Hover:
    """What to say about a span of the file, in Markdown."""

    span: Span
    markdown: str


@dataclass(frozen=True, slots=True)
class CodeAction:
    """A change to offer; `finding` is what it mends."""

    title: str
    edits: list[Edit]
    finding: Finding
    is_preferred: bool = False
