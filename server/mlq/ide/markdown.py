"""Writing names and values of a store, which may hold anything, into Markdown."""

from __future__ import annotations

import re

_MOST_CHARACTERS = 120


def code(text: str) -> str:
    """Return a text as a code span that it cannot break out of, on one line and not too long."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    if len(shown) > _MOST_CHARACTERS:
        shown = shown[: _MOST_CHARACTERS - 1] + "…"
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    # A space, which Markdown takes away again, keeps a backtick at an end apart from the fence.
    pad = " " if shown[:1] in {"`", " ", ""} or shown[-1:] in {"`", " "} else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def plural(count: int, noun: str) -> str:
    """Return a count with its noun: `1 run`, `36 runs`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def escaped(text: str) -> str:
    """Return a text on one line, of which nothing is markup."""
    shown = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return re.sub(r"([\\`*_{}\[\]<>#|~!])", r"\\\1", shown)
