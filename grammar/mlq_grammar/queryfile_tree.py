"""What a query file holds: queries with their sections, and problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mlq_grammar.spans import Span

View = Literal["active", "deleted", "all"]
VIEWS: tuple[View, ...] = ("active", "deleted", "all")

ProblemKind = Literal[
    "bad-experiments",
    "bad-limit",
    "bad-name",
    "bad-view",
    "duplicate-name",
    "duplicate-section",
    "empty-section",
    "missing-entity",
    "missing-semicolon",
    "missing-where",
    "unclosed-quote",
    "unknown-entity",
    "unused-section",
]


@dataclass(frozen=True, slots=True)
class Searchable:
    """What can be searched, and which sections its search has a use for."""

    has_experiments: bool = False
    has_view: bool = False


ENTITIES = {
    "runs": Searchable(has_experiments=True, has_view=True),
    "experiments": Searchable(has_view=True),
    "registered_models": Searchable(),
    "model_versions": Searchable(),
    "traces": Searchable(has_experiments=True),
    "logged_models": Searchable(has_experiments=True),
    "evaluation_datasets": Searchable(has_experiments=True),
    "prompts": Searchable(),
    "issues": Searchable(has_experiments=True),
    "trace_metrics": Searchable(has_experiments=True),
    "mcp_servers": Searchable(),
    "mcp_server_versions": Searchable(),
    "mcp_access_endpoints": Searchable(),
    "skills": Searchable(),
    "skill_versions": Searchable(),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One of a list: an experiment's name without its quotes, an ORDER BY expression."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A filter as MLflow gets it: from its first word to its last, comments cut out.

    `pieces` pairs the stretches of the filter with those of the file. `room` pairs likewise all that the
    filter may fill, the blanks around it included: where a cursor can stand.
    """

    text: str
    span: Span
    pieces: tuple[tuple[Span, Span], ...]
    room: tuple[tuple[Span, Span], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One query. What is left out has its default; what is wrong is left out and among the file's problems.

    `entity` is None where the file names one that does not exist. `condition` is None where the query has no
    place for a filter: a SEARCH without WHERE. Spans are None for what is not written.
    """

    span: Span
    name: str | None = None
    name_span: Span | None = None
    entity: str | None = "runs"
    entity_span: Span | None = None
    experiments: tuple[Item, ...] = ()
    condition: Section | None = None
    order_by: tuple[Item, ...] = ()
    view: View = "active"
    view_span: Span | None = None
    limit: int | None = None
    limit_span: Span | None = None

    @property
    def filter(self) -> str:
        """The filter that MLflow gets; empty where there is none."""
        return self.condition.text if self.condition else ""

    @property
    def filter_span(self) -> Span | None:
        """Where the filter stands."""
        return self.condition.span if self.condition else None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file: its narrowest span, what to tell a person, and its kind."""

    span: Span
    message: str
    kind: ProblemKind


@dataclass(frozen=True, slots=True)
class QueryFile:
    """What a text was read as. `gaps` are where a query may begin: in an empty file, behind the last `;`."""

    text: str
    queries: tuple[Query, ...]
    problems: tuple[Problem, ...]
    gaps: tuple[Section, ...]
    comments: tuple[Span, ...]
