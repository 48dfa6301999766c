"""The decision: of all that names a version of MLflow, what counts, and the sentence that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlq_grammar.releases import NEWEST, OLDEST, completed, is_version, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Clue:
    """A version of MLflow and where it was found, as a phrase such as "from uv.lock".

    `sqlparse` is the version that stands beside it, where the same place names it.
    """

    version: str
    source: str
    sqlparse: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The MLflow that judges: always one that the tables know. `why` is a phrase: "from uv.lock".

    `note` says for people what was found, where that is newer or older than the tables. `sqlparse` is the
    version beside it, empty where nothing names one.
    """

    version: str = NEWEST
    why: str = "the newest that mlq knows"
    note: str = ""
    sqlparse: str = ""

    def __str__(self) -> str:
        return f"MLflow {self.version}, {self.why}"


def choose(clues: Iterable[Clue | None]) -> Chosen:
    """Return what the first clue says; the newest known where there is none. No version is no clue."""
    for clue in clues:
        if clue is not None and is_version(clue.version):
            return _known(clue)
    return Chosen()


def _known(clue: Clue) -> Chosen:
    found = numbers(clue.version)
    for limit, word, is_beyond in (
        (NEWEST, "newer", found > numbers(NEWEST)),
        (OLDEST, "older", found < numbers(OLDEST)),
    ):
        if is_beyond:
            note = (
                f"MLflow {clue.version}, {clue.source}, is {word} than mlq knows; {limit} judges in its place"
            )
            return Chosen(limit, f"in place of {clue.version}, {clue.source}", note, clue.sqlparse)
    return Chosen(completed(clue.version), clue.source, "", clue.sqlparse)
