"""Judges filters with holes: what is wrong whatever stands in them, and nothing else.

Each hole is filled with several stand-ins. What is wrong with every one of them is known, apart from what
is wrong with a stand-in itself.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import product
from math import prod

from mlq_grammar.dialect import Dialect
from mlq_grammar.spans import Span

from mlq.findings import Edit, Finding, Fix
from mlq.hosts.region import Hole
from mlq.ide.check import Judge, checked, dialect_of
from mlq.ide.placeholders import STAND_IN, agreed, hole_of, named, said
from mlq.ide.stand_ins import options, place_of, quotes_in

_MOST_FILLINGS = 64
_MOST_HOLES = 40
_KNOWN = frozenset({"integer", "number", "boolean", "quoted"})

Filling = tuple[str, ...]
Found = dict[tuple[str, int, int], Finding]


@lru_cache(maxsize=256)
def findings(text: str, holes: tuple[Hole, ...], entity: str, judge: Judge) -> tuple[Finding, ...]:
    """Return what is wrong with a filter whatever stands in its holes, in offsets of the text with `{}`."""
    if not holes:
        return checked(text, entity, judge)
    dialect = dialect_of(entity, judge)
    if dialect is None or len(holes) > _MOST_HOLES:
        return ()
    filler = _Filler(text, holes, entity, judge, dialect)
    tried = [(filler.found(filling), filling) for filling in filler.fillings()]
    fewest = min((_count_errors(found) for found, _ in tried), default=0)
    best = [filler.certain(filling) for found, filling in tried if _count_errors(found) == fewest]
    common = _common(best) if best else {}
    return tuple(
        replace(finding, message=agreed(finding.message, (each[key].message for each in best)))
        for key, finding in common.items()
    )


def _count_errors(found: Found) -> int:
    return sum(finding.severity == "error" for finding in found.values())


class _Filler:
    """Fills the holes of one filter. What stands in one is taken to be what makes the filter best."""

    def __init__(
        self, text: str, holes: tuple[Hole, ...], entity: str, judge: Judge, dialect: Dialect
    ) -> None:
        self._text, self._holes = text, holes
        self._entity, self._judge = entity, judge
        quotes = quotes_in(text)
        places = [place_of(hole.span, text, quotes) for hole in holes]
        self._is_quoted = [place == "quoted" for place in places]
        self._choices = [
            options(hole, index, place, text, dialect)
            for index, (hole, place) in enumerate(zip(holes, places, strict=True))
        ]

    def fillings(self) -> list[Filling]:
        """Return what may stand in the holes, with the usual texts between quotes.

        These are all combinations; where they are many, those that differ from the usual one in one hole;
        none where even they are too many.
        """
        pairs = zip(self._choices, self._is_quoted, strict=True)
        choices = [texts[:1] if quoted else texts for texts, quoted in pairs]
        if prod(map(len, choices)) <= _MOST_FILLINGS:
            return list(product(*choices))
        usual = tuple(texts[0] for texts in choices)
        others = ((at, text) for at, texts in enumerate(choices) for text in texts[1:])
        varied = [usual, *((*usual[:at], text, *usual[at + 1 :]) for at, text in others)]
        return varied if len(varied) <= 2 * _MOST_FILLINGS else []

    def found(self, filling: Filling) -> Found:
        """Return what is wrong with a filling, apart from what it says of a stand-in alone."""
        filled = _Filled(self._text, self._holes, filling)
        mapped = (filled.back(finding) for finding in checked(filled.text, self._entity, self._judge))
        kept = [finding for finding in mapped if not _is_guess(finding, self._holes)]
        return {(each.code, each.start, each.end): each for each in kept}

    def certain(self, filling: Filling) -> Found:
        """Return what is wrong with a filling whatever stands between quotes."""
        found = self.found(filling)
        quoted = [texts for texts, quoted in zip(self._choices, self._is_quoted, strict=True) if quoted]
        for turn in range(1, max(map(len, quoted), default=0)):
            if not found:
                break
            found = _common([found, self.found(self._turned(filling, turn))])
        return found

    def _turned(self, filling: Filling, turn: int) -> Filling:
        """Put another text between all quotes."""
        given = zip(filling, self._choices, self._is_quoted, strict=True)
        return tuple(texts[min(turn, len(texts) - 1)] if quoted else text for text, texts, quoted in given)


def _common(found: list[Found]) -> Found:
    """Return what all have, as the first of them says it; an error only where it is one in all."""
    first, *others = found
    return {
        key: min((each[key] for each in found), key=lambda each: each.severity == "error")
        if any(other[key].severity != finding.severity for other in others)
        else finding
        for key, finding in first.items()
        if all(key in other for other in others)
    }


def _is_guess(finding: Finding, holes: tuple[Hole, ...]) -> bool:
    """Whether a finding speaks only of what stands in for something unknown."""
    return any(
        hole.kind not in _KNOWN and hole.span.start <= finding.start and finding.end <= hole.span.end
        for hole in holes
    )


class _Filled:
    """A text with its holes filled, and the way back from its offsets."""

    def __init__(self, text: str, holes: tuple[Hole, ...], filling: Filling) -> None:
        self._holes = holes
        self._starts: list[int] = []
        parts: list[str] = []
        at = size = 0
        for hole, stand_in in zip(holes, filling, strict=True):
            between = text[at : hole.span.start]
            self._starts.append(size + len(between))
            parts += [between, stand_in]
            size += len(between) + len(stand_in)
            at = hole.span.end
        self.text = "".join([*parts, text[at:]])
        self._sizes = [len(stand_in) for stand_in in filling]

    def back(self, finding: Finding) -> Finding:
        """Map a finding to the text with holes, and let it speak of these and not of their stand-ins."""
        span = self._span(finding.start, finding.end)
        fixes = [mapped for fix in finding.fixes if (mapped := self._fix(fix))]
        message = said(finding.message, self._holes)
        return replace(finding, message=message, start=span.start, end=span.end, fixes=fixes)

    def _span(self, start: int, end: int) -> Span:
        first, last = self._offset(start, is_end=False), self._offset(end, is_end=True)
        return Span(min(first, last), max(first, last))

    def _offset(self, offset: int, *, is_end: bool) -> int:
        """Map an offset; one within a stand-in becomes the hole's start or end."""
        shift = 0
        for hole, start, size in zip(self._holes, self._starts, self._sizes, strict=True):
            if offset < start or (offset == start and (is_end or size)):
                break
            if offset < start + size or (is_end and offset == start + size):
                return hole.span.end if is_end else hole.span.start
            shift = hole.span.end - start - size
        return offset + shift

    def _fix(self, fix: Fix) -> Fix | None:
        edits = [mapped for edit in fix.edits for mapped in self._edits(edit)]
        if any(STAND_IN.search(edit.text) for edit in edits):
            return None
        return replace(fix, title=named(fix.title, self._holes), edits=edits)

    def _edits(self, edit: Edit) -> list[Edit]:
        """Map an edit; one that writes a stand-in anew writes around its hole."""
        span = self._span(edit.start, edit.end)
        written = list(STAND_IN.finditer(edit.text))
        found = hole_of(written[0], self._holes) if len(written) == 1 else None
        hole = found.span if found else None
        if hole and span.start <= hole.start and hole.end <= span.end:
            before, behind = edit.text[: written[0].start()], edit.text[written[0].end() :]
            return [Edit(span.start, hole.start, before), Edit(hole.end, span.end, behind)]
        return [Edit(span.start, span.end, edit.text)]
