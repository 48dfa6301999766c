"""Writes the comments that suppress findings: beside them, or one for a whole file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mlq_grammar.spans import Span

from mlq.findings import Edit, Finding
from mlq.ide.directives import Directive, directives
from mlq.ide.frames import Frame, frames
from mlq.ide.model import Document
from mlq.rules.comments import COMMENT_RULES

_ABOUT_COMMENTS = frozenset(rule.code for rule in COMMENT_RULES)


def beside(document: Document, findings: Iterable[Finding]) -> list[Edit]:
    """Return the edits that suppress findings on their lines, one a line.

    A finding is left out where no comment can stand on a line that speaks of it, and one that is about a
    comment itself.
    """
    all_frames = list(frames(document.text, document.language))
    wanted: dict[tuple[int, int], set[str]] = {}
    for finding in findings:
        place = _place(finding, all_frames)
        room = all_frames[place.frame].commented.room(place.span) if place else None
        if place and room is not None:
            wanted.setdefault((place.frame, room), set()).add(finding.code)
    edits = (_beside(all_frames[index], room, sorted(codes)) for (index, room), codes in wanted.items())
    return [edit for edit in edits if edit]


def for_file(document: Document, finding: Finding) -> Edit | None:
    """Return the edit that suppresses a finding's rule in its whole file; None where nothing can say so."""
    all_frames = list(frames(document.text, document.language))
    place = _place(finding, all_frames)
    if place is None:
        return None
    frame = next((frame for frame in all_frames if not frame.chain), all_frames[place.frame])
    for directive in _lists(frame, is_file_wide=True):
        return frame.in_file(_longer(directive, [finding.code]))
    line_end = "\r\n" if "\r\n" in frame.text else "\n"
    top = frame.commented.top
    comment = frame.commented.written(f"mlq: ignore-file[{finding.code}]")
    return frame.in_file(Edit(top, top, comment + line_end))


class _Place(NamedTuple):
    """Where a finding stands: in which of the texts of a file, and where in that."""

    frame: int
    span: Span


def _place(finding: Finding, all_frames: list[Frame]) -> _Place | None:
    """Return the place in the innermost text that holds a finding, and of several such in the first.

    A Python file is one text, whatever its docstrings hold: what is written into them is seen by its users.
    """
    if finding.code in _ABOUT_COMMENTS:
        return None
    span = Span(finding.start, finding.end)
    if all_frames and (all_frames[0].language, all_frames[0].chain) == ("python", ()):
        return _Place(0, span)
    places = [_Place(at, inner) for at, frame in enumerate(all_frames) if (inner := frame.inner(span))]
    return max(places, key=lambda place: len(all_frames[place.frame].chain), default=None)


def _beside(frame: Frame, room: int, codes: list[str]) -> Edit | None:
    for directive in _lists(frame, is_file_wide=False):
        if frame.line(directive.span.start) == frame.line(room) and not frame.is_alone(directive.comment):
            return frame.in_file(_longer(directive, codes))
    blank = "" if frame.text[:room].endswith("  ") else "  "
    comment = frame.commented.written(f"mlq: ignore[{', '.join(codes)}]")
    return frame.in_file(Edit(room, room, blank + comment))


def _lists(frame: Frame, *, is_file_wide: bool) -> Iterator[Directive]:
    """Yield the directives of mlq's own that name rules."""
    for comment in frame.commented.comments:
        for directive in directives(frame.text, comment):
            if directive.names and not directive.is_noqa and directive.is_file_wide == is_file_wide:
                yield directive


def _longer(directive: Directive, codes: list[str]) -> Edit:
    end = directive.names[-1].span.end if directive.names else directive.span.end
    return Edit(end, end, "".join(f", {code}" for code in codes))
