"""How messages speak of a hole of a filter, where a stand-in for it was judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from mlq.hosts.region import Hole
from mlq.ide.stand_ins import NUMBER, WORD

STAND_IN = re.compile(rf"(?:{WORD}|{NUMBER})(\d+)(?:\.5)?")
"""A stand-in, with the number of its hole."""

_LONGEST_SOURCE = 30
_UNKNOWN = "…"
_MLFLOW = "\nMLflow says: "  # where a message goes on in MLflow's words
# What a rule says of a value is about the stand-in: of a value that nobody knows, a person says this.
_SAID: Mapping[re.Pattern[str], str] = {
    re.compile(rf"Write (['\"]){STAND_IN.pattern}\1\."): "Put quotes around {label}.",
    re.compile(rf", and `(['\"]){STAND_IN.pattern}\1` is none\."): (
        ": compare it with a number, without quotes."
    ),
}


def hole_of(stand_in: re.Match[str], holes: tuple[Hole, ...]) -> Hole | None:
    """Return the hole that a stand-in stands in; None for a text of the file's own that looks like one."""
    index = int(stand_in[stand_in.re.groups])
    return holes[index] if index < len(holes) else None


def said(message: str, holes: tuple[Hole, ...]) -> str:
    """Let a message speak of the holes and not of their stand-ins; what MLflow will print there is `…`."""
    ours, mlflow, theirs = message.partition(_MLFLOW)
    for pattern, instead in _SAID.items():
        ours = pattern.sub(lambda found, text=instead: _labelled(found, text, holes), ours)  # type: ignore[misc]
    return named(ours, holes) + mlflow + STAND_IN.sub(_UNKNOWN, theirs)


def named(text: str, holes: tuple[Hole, ...]) -> str:
    """Write each hole as an f-string does: `{run.info.run_id}`."""
    return STAND_IN.sub(lambda found: _braced(hole_of(found, holes)), text)


def agreed(message: str, others: Iterable[str]) -> str:
    """Return a message without MLflow's words where these depend on what stands in a hole."""
    ours, _, theirs = message.partition(_MLFLOW)
    theirs_whatever_stands = re.compile(".*".join(map(re.escape, theirs.split(_UNKNOWN))), re.DOTALL)
    alike = (theirs_whatever_stands.fullmatch(other.partition(_MLFLOW)[2]) for other in others)
    return message if all(alike) else ours


def _labelled(found: re.Match[str], text: str, holes: tuple[Hole, ...]) -> str:
    hole = hole_of(found, holes)
    return text.format(label=hole.label) if hole else found[0]


def _braced(hole: Hole | None) -> str:
    source = hole.source if hole else ""
    return f"{{{source}}}" if len(source) < _LONGEST_SOURCE else f"{{{_UNKNOWN}}}"
