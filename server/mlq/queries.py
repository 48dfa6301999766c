"""The queries of a `.mlq` file, from Python: `mlq.load("churn.mlq")["best"].run()`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os

    from mlq_grammar.queryfile_tree import Query as ParsedQuery
    from mlq_grammar.queryfile_tree import View


class QueryFileError(ValueError):
    """Raised when a file holds something that is no query; the message lists each place, one a line."""


@dataclass(frozen=True, slots=True)
class Query:
    """One search. `name` is empty for a bare filter; `experiments` are names, all of the store's where empty.

    `limit` is None where the query takes all there is.
    """

    filter: str
    name: str = ""
    entity: str = "runs"
    experiments: tuple[str, ...] = ()
    order_by: tuple[str, ...] = ()
    view: View = "active"
    limit: int | None = None

    def run(self, client: Any = None) -> Any:
        """Search, with this `MlflowClient` or one for the store that MLflow would use.

        Returns a list of MLflow's entities; for runs and without a client a DataFrame, as
        `mlflow.search_runs` does, where pandas is installed. Needs mlflow or mlflow-skinny.
        """
        from mlq.running import run

        return run(self, client)


class QueryFile(Mapping[str, Query]):
    """The named queries of a file by name, in the file's order; `queries` has the others too."""

    def __init__(self, path: Path, queries: tuple[Query, ...]) -> None:
        self.path = path
        self.queries = queries
        self._named = {query.name: query for query in queries if query.name}

    def __getitem__(self, name: str) -> Query:
        return self._named[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)

    def __repr__(self) -> str:
        return f"<QueryFile {self.path}: {', '.join(self) or 'no names'}>"


def load(path: str | os.PathLike[str]) -> QueryFile:
    """Read a `.mlq` file, which is UTF-8.

    Raises `OSError` or `UnicodeDecodeError` where it cannot be read, `QueryFileError` where it is wrong. The
    filters are not judged: MLflow does that when they run, `mlq-check` before.
    """
    from mlq_grammar.queryfile import parse

    text = Path(path).read_bytes().decode("utf-8-sig")
    parsed = parse(text)
    faults = [problem for problem in parsed.problems if problem.kind != "unused-section"]
    if faults:
        from mlq.text import LineIndex

        lines = LineIndex(text)
        places = (lines.position1(fault.span.start) for fault in faults)
        raise QueryFileError(
            "\n".join(
                f"{path}:{line}:{column}: {fault.message}"
                for (line, column), fault in zip(places, faults, strict=True)
            )
        )
    return QueryFile(Path(path), tuple(map(_query, parsed.queries)))


def _query(parsed: ParsedQuery) -> Query:
    return Query(
        filter=parsed.filter,
        name=parsed.name or "",
        entity=parsed.entity or "runs",
        experiments=tuple(item.text for item in parsed.experiments),
        order_by=tuple(item.text for item in parsed.order_by),
        view=parsed.view,
        limit=parsed.limit,
    )
