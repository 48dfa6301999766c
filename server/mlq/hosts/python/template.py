"""What an expression of a Python file makes: stretches of text with their sources, and holes between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from mlq_grammar.spans import Span

from mlq.hosts.pieces import PieceBuilder
from mlq.hosts.region import FilterRegion, Hole, HoleKind, Quoted, Shape, Writing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlq.hosts.apis import Api
    from mlq.text import LineIndex

HOLE = "{}"
_MOST_CUTS = 100_000  # keeps the time for a hostile file bounded


class Part(NamedTuple):
    """A stretch of a text and where in the file it comes from; an empty one says where text may be put.

    `kind`, `source`, `writing` are a hole's. `is_fixed` tells a constant's value, `is_seam` that the part
    stands elsewhere in the file than the one before.
    """

    text: str
    outer: Span
    kind: HoleKind | None = None
    source: str = ""
    is_fixed: bool = False
    is_seam: bool = False
    writing: Writing = "unknown"

    @property
    def is_exact(self) -> bool:
        """Whether the part can be cut between any two characters."""
        is_written = self.kind is None and not self.is_fixed
        return is_written and len(self.text) == self.outer.end - self.outer.start


Fragment = tuple[tuple[Part, ...], tuple[Quoted, ...]]
"""What takes a place in a larger text, and the literals that it is written in."""


class Parts:
    """Collects parts, as the readers of literals hand them over."""

    def __init__(self) -> None:
        self.parts: list[Part] = []

    def add(self, text: str, outer: Span) -> None:
        """Append what a stretch of the file stands for."""
        self.parts.append(Part(text, outer))

    def anchor(self, offset: int) -> None:
        """Let a cursor at this offset of the file stand here."""
        self.parts.append(Part("", Span(offset, offset)))


@dataclass(frozen=True, slots=True)
class Template:
    """A text that an expression may make. `span` is the expression, `literals` are what it is written in."""

    parts: tuple[Part, ...]
    literals: tuple[Quoted, ...]
    span: Span
    shape: Shape

    @property
    def text(self) -> str:
        """The text, with `{}` for each hole."""
        return "".join(part.text for part in self.parts)

    @property
    def is_static(self) -> bool:
        """Whether all of the text is known."""
        return all(part.kind is None for part in self.parts)

    @property
    def is_written(self) -> bool:
        """Whether any of the text is the file's own: holes alone are no text, an empty literal is one."""
        is_only_holes = any(part.kind for part in self.parts)
        return any(part.kind is None and (part.text.strip() or not is_only_holes) for part in self.parts)

    def cut(self, start: int, end: int) -> tuple[Part, ...]:
        """Return the parts of the text's `start:end`; a part that cannot be cut keeps its whole source."""
        found: list[Part] = []
        at = 0
        for part in self.parts:
            begin, stop = max(start, at), min(end, at + len(part.text))
            if part.text == "":
                if start <= at <= end:
                    found.append(part)
            elif begin < stop:
                found.append(_cut(part, begin - at, stop - at))
            at += len(part.text)
        return tuple(found)

    def source_of(self, start: int, end: int) -> Span:
        """Return the stretch of the file that the text's `start:end` comes from."""
        parts = [part for part in self.cut(start, end) if part.text]
        return parts[0].outer.joined(parts[-1].outer) if parts else self.span

    def placed(self, span: Span, shape: Shape) -> Template:
        """Return the same text as what a larger expression makes."""
        return replace(self, span=span, shape=shape)

    def elsewhere(self, outer: Span) -> Template:
        """Return the text as one that is written in another file than the one where its name stands."""
        return replace(self, parts=self.fixed(outer), literals=())

    def fixed(self, outer: Span) -> tuple[Part, ...]:
        """Return the text as what a stretch of the file stands for, such as the name that holds it."""
        return tuple(
            part._replace(outer=outer, is_fixed=True, is_seam=False) for part in self.parts if part.text
        )


def _cut(part: Part, start: int, end: int) -> Part:
    if (start, end) == (0, len(part.text)):
        return part
    outer = Span(part.outer.start + start, part.outer.start + end) if part.is_exact else part.outer
    return part._replace(text=part.text[start:end], outer=outer)


def hole(outer: Span, kind: HoleKind, source: str, writing: Writing = "unknown") -> Part:
    """Return the part of an expression that only a run can tell."""
    return Part(HOLE, outer, kind, source, writing=writing)


def stripped(template: Template, characters: str | None, *, left: bool, right: bool) -> Template:
    """Return a text as `str.strip`, `lstrip` or `rstrip` leaves it."""
    text = template.text
    start = len(text) - len(text.lstrip(characters)) if left else 0
    end = len(text.rstrip(characters)) if right else len(text)
    return replace(template, parts=template.cut(start, max(start, end)))


def dedented(template: Template) -> Template:
    """Return a text as `textwrap.dedent` leaves it, as far as its holes hold no line ends."""
    lines = list(re.finditer(r"([ \t]*)([^\n]*)\n?", template.text))
    if len(lines) * len(template.parts) > _MOST_CUTS:
        return template
    margins = [line[1] for line in lines if line[2]]
    margin = _common(margins)
    parts: list[Part] = []
    for line in lines:
        if line[2]:
            parts += template.cut(line.start() + len(margin), line.end())
        else:
            parts += template.cut(line.end(1), line.end())
    return replace(template, parts=tuple(parts))


def _common(margins: list[str]) -> str:
    if not margins:
        return ""
    first, last = min(margins), max(margins)
    size = next((at for at, char in enumerate(first) if last[at : at + 1] != char), len(first))
    return first[:size]


def joined(templates: Iterable[Template], span: Span, shape: Shape) -> Template:
    """Return texts one behind the other."""
    parts: list[Part] = []
    quoted: list[Quoted] = []
    for template in templates:
        parts += template.parts
        quoted += template.literals
    return Template(tuple(parts), tuple(quoted), span, shape)


def region_of(template: Template, api: Api, lines: LineIndex) -> FilterRegion:
    """Return a text as the filter of an API."""
    content = PieceBuilder()
    gaps: list[Hole] = []
    fixed: list[Span] = []
    for part in template.parts:
        inner = content.put(part.text, part.outer, is_seam=part.is_seam, is_whole=not part.is_exact)
        if part.kind is not None:
            gaps.append(Hole(inner, part.kind, part.source, part.writing))
        elif part.is_fixed and part.text:
            fixed.append(inner)
    line, column = lines.position1(template.span.start)
    return FilterRegion(
        entity=api.entity,
        api=api.name,
        text=content.text,
        start=template.span.start,
        end=template.span.end,
        line=line,
        column=column,
        shape=template.shape,
        is_static=not gaps,
        map=content.map(),
        literals=tuple(dict.fromkeys(template.literals)),
        gaps=tuple(gaps),
        fixed=tuple(fixed),
    )
