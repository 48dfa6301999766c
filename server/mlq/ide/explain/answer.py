"""What a pasted message is about: the one door to the search for its cause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mlq_grammar.dialect import ENTITIES, Dialect, changes, load
from mlq_grammar.releases import NEWEST, numbers

from mlq.ide.check import Judge
from mlq.ide.explain.causes import Cause, cause_of, causes, rules_with
from mlq.ide.explain.recognition import Said, recognise
from mlq.ide.explain.traced import traced_entities, traced_filters
from mlq.rules.page import AnyRule


@dataclass(frozen=True, slots=True)
class Explained:
    """A sentence of MLflow's, and what brings it about.

    With `is_certain`, `causes` is the one filter that was given, or stands in the traceback. Else they are
    examples, the likeliest first; where there are none, `rules` are those whose pages hold such a sentence.
    """

    said: Said
    causes: tuple[Cause, ...] = ()
    is_certain: bool = False
    rules: tuple[AnyRule, ...] = ()


def explain(
    pasted: str, judge: Judge, entity: str | None = None, text: str | None = None
) -> Explained | None:
    """Return what a pasted message or traceback is about; None where it holds no sentence of MLflow's.

    `judge` is the MLflow that most likely said it, `text` the filter that it was said of, if known.
    """
    said = recognise(pasted)
    if said is None:
        return None
    entities = (entity,) if entity else ENTITIES
    given = traced_filters(pasted) if text is None else [(one, text) for one in entities]
    for searched, written in given:
        for dialect in _dialects(searched, judge):
            found = cause_of(written, said, dialect)
            if found:
                return Explained(said, (found,), is_certain=True)
    traced = () if entity else traced_entities(pasted)
    return _likely(said, judge, traced or entities)


def _likely(said: Said, judge: Judge, entities: tuple[str, ...]) -> Explained:
    for asked, is_loose in _looks(judge):
        found = causes(said, asked, entities, is_loose=is_loose)
        if found:
            return Explained(said, tuple(found))
    return Explained(said, rules=tuple(rules_with(said)))


def _looks(judge: Judge) -> Iterator[tuple[Judge, bool]]:
    """Yield whom to ask: exactly, then whether it is the same but for the names in a set."""
    yield judge, False
    yield from ((Judge(version), False) for version in (NEWEST, *_FORMER))
    yield judge, True


_FORMER = ("3.9.0", "3.4.0", "2.14.0", "2.3.0")
"""Releases with sentences that later ones lack, beside the newest."""


def _dialects(entity: str, judge: Judge) -> Iterator[Dialect]:
    """Yield every dialect in which the answer may be another: the likely one first, then the newest ones."""
    yield load(entity, judge.mlflow_version, judge.sqlparse_version)
    for version in sorted({*changes(entity), NEWEST}, key=numbers, reverse=True):
        yield load(entity, version)
