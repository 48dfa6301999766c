"""Calls of MLflow's search functions in files: what is given to each, as far as the file shows it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Literal, NamedTuple

from mlq_grammar.spans import Span

from mlq.hosts import embeddings_of
from mlq.hosts.embedding import Embedding
from mlq.hosts.languages import LANGUAGES
from mlq.hosts.region import FilterRegion

ArgumentKind = Literal["unknown", "text", "number", "boolean", "none", "list", "dict", "view"]
Known = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a call.

    `span` is all of it, `value` what is given. `name` is its keyword, empty for one in a place; `place` is
    its place, from 0, None for a keyword. `source` is the value as the file has it, `known` a tuple with what
    it always is: a text, a number, a view by its name; empty where that is not known. `items` are the items
    of a list that is written here.
    """

    span: Span
    value: Span
    name: str
    place: int | None
    source: str
    kind: ArgumentKind = "unknown"
    known: tuple[Known, ...] = ()
    items: tuple[str, ...] = ()

    @property
    def text(self) -> str | None:
        """The text that is given; None where it is no text, or not known."""
        return (
            self.known[0] if self.kind == "text" and self.known and isinstance(self.known[0], str) else None
        )

    @property
    def number(self) -> int | float | None:
        """The number that is given; None where it is none, or not known."""
        known = self.known[0] if self.kind == "number" and self.known else None
        return known if isinstance(known, (int, float)) else None


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a search function, surely MLflow's: a method of `MlflowClient`, or a function of a module.

    `name` is where the function's name stands, `end` where the closing parenthesis does. `is_open` tells
    that there may be more arguments than these: `**options`, or those of a `partial`. `filters` are the
    filters that it is given, each with its holes; `kept` is what of the result the file keeps by comparing
    `lifecycle_stage`. `view_type` is how the file can name `mlflow.entities.ViewType`, empty where it cannot.
    """

    api: str
    entity: str
    is_client: bool
    name: Span
    end: int
    arguments: tuple[Argument, ...]
    is_open: bool = False
    filters: tuple[FilterRegion, ...] = ()
    kept: str = ""
    view_type: str = ""


class CallSite(NamedTuple):
    """A call, in offsets of the text that has it: the file's, or one embedded in it.

    `chain` are the embeddings that lead to that text, outermost first; the file itself has none.
    """

    call: Call
    chain: tuple[Embedding, ...] = ()


def find_calls(text: str, language: str) -> tuple[CallSite, ...]:
    """Return the calls of a text in order; none for a language that no host reads. Never raises."""
    known = LANGUAGES.get(language)
    found = import_module(known.calls).calls(text) if known and known.calls else ()
    embeddings = embeddings_of(text, language)
    within = (
        CallSite(call, (embedding, *chain))
        for embedding in embeddings
        for call, chain in find_calls(embedding.text, embedding.language)
    )
    return (*(CallSite(call) for call in found), *within)
