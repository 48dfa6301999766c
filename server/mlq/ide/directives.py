"""Comments that suppress findings: `# mlq: ignore[MLQ401]`, `# mlq: ignore-file[MLQ4]`, `# noqa: MLQ401`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mlq_grammar.spans import Span

from mlq.findings import Edit

MAY_SUPPRESS = re.compile(r"mlq:[ \t]*ignore|noqa", re.IGNORECASE)
"""What a text has somewhere that suppresses anything."""

MAY_BE_UNUSED = re.compile(r"mlq:[ \t]*ignore|noqa.*MLQ", re.IGNORECASE)
"""What a text has somewhere in which a suppression can be unused."""

_CODE = r"[A-Z]+[0-9]+"
_DIRECTIVE = re.compile(
    rf"""(?:\#+|--|<!--)[ \t]*(?:
      mlq:[ \t]*ignore(?P<file>-file)?(?![\w-]) (?P<list>[ \t]*\[(?P<names>[^\]\r\n]*)\]?)?
    | (?P<noqa>noqa)(?![\w-]) (?P<colon>[ \t]*:[ \t]*(?P<codes>{_CODE}(?:[ \t]*[, \t][ \t]*{_CODE})*)?)?
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NAME = re.compile(r"[\w-]+")
# What opens the next part of a comment, by how the directive begins.
_NEXT = {"#": re.compile(r"[ \t]+#"), "-": re.compile(r"[ \t]+--"), "<": re.compile(r"(?!)")}
_EMPTY = re.compile(r"(?:#+|--|<!--(?:[ \t]*-->)?)?[ \t]*")


class Name(NamedTuple):
    """A rule as a directive names it."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Directive:
    """One suppression in a comment. `names` is None where it names no rule and so means all."""

    comment: Span
    span: Span
    names: tuple[Name, ...] | None
    is_file_wide: bool = False
    is_noqa: bool = False

    @property
    def ours(self) -> tuple[Name, ...]:
        """The names that speak of rules of mlq: other tools share `noqa`."""
        names = self.names or ()
        return tuple(name for name in names if not self.is_noqa or name.text.upper().startswith("MLQ"))

    def without(self, unwanted: Container[Name], text: str) -> Edit:
        """Return the edit that takes names out of the directive, and with the last one all of it.

        A comment that holds nothing else goes as well, and with it a line that holds nothing else.
        """
        kept = [name.text for name in self.names or () if name not in unwanted]
        if kept and self.names:
            return Edit(self.names[0].span.start, self.names[-1].span.end, ", ".join(kept))
        following = _NEXT[text[self.span.start]].search(text, self.span.end, self.comment.end)
        end = following.start() if following else self.comment.end
        before = text[self.comment.start : self.span.start].rstrip()
        if not _EMPTY.fullmatch(before):
            return Edit(self.comment.start + len(before), end, "")
        if following:
            return Edit(self.span.start, end + len(following[0]) - len(following[0].lstrip()), "")
        return _whole(self.comment, text)


def directives(text: str, comment: Span) -> Iterator[Directive]:
    """Yield the suppressions in a comment of a text."""
    for found in _DIRECTIVE.finditer(text, comment.start, comment.end):
        group = "codes" if found["noqa"] else "names"
        is_bare = not (found["colon"] if found["noqa"] else found["list"])
        if found["noqa"] and not is_bare and not found["codes"]:
            continue  # prose, for whoever reads it
        names = None if is_bare else tuple(_names(text, Span(*found.span(group))))
        yield Directive(comment, Span(*found.span()), names, bool(found["file"]), bool(found["noqa"]))


def _names(text: str, span: Span) -> Iterator[Name]:
    for found in _NAME.finditer(text, span.start, span.end):
        yield Name(found[0], Span(*found.span()))


def _whole(comment: Span, text: str) -> Edit:
    start = len(text[: comment.start].rstrip(" \t"))
    end = comment.end + len(text[comment.end :]) - len(text[comment.end :].lstrip(" \t"))
    if text[:start].endswith(("\n", "\r")) or not start:
        line_end = re.compile(r"\r\n|\r|\n|").match(text, end)
        return Edit(start, line_end.end() if line_end else end, "")
    return Edit(start, end, "")
