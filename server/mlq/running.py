"""Runs queries through MLflow's own client: the only module that imports mlflow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlq.queries import Query

NEEDS_MLFLOW = "running a query needs MLflow's client: pip install mlflow-skinny"


class CannotRunError(ValueError):
    """Raised when MLflow has no search that would run this query; the message says why."""


@dataclass(frozen=True, slots=True)
class _Search:
    """A method of MlflowClient: the arguments that take a view and experiments, if any, and its page size."""

    method: str
    view: str = ""
    experiments: str = ""
    page: int = 1000


_SEARCHES = {
    "runs": _Search("search_runs", view="run_view_type", experiments="experiment_ids"),
    "experiments": _Search("search_experiments", view="view_type"),
    "registered_models": _Search("search_registered_models"),
    "model_versions": _Search("search_model_versions"),
    "traces": _Search("search_traces", experiments="experiment_ids", page=100),
    "logged_models": _Search("search_logged_models", experiments="experiment_ids", page=50),
    "evaluation_datasets": _Search("search_datasets", experiments="experiment_ids", page=50),
    "prompts": _Search("search_prompts"),
    "mcp_servers": _Search("search_mcp_servers"),
    "mcp_access_endpoints": _Search("search_mcp_access_endpoints"),
}
_DIRECTION = re.compile(r"\s+(ASC|DESC)\s*$", re.IGNORECASE)


def run(query: Query, client: Any = None) -> Any:
    """Return what the query finds, a DataFrame for runs where no client is given and pandas is installed.

    Raises `CannotRunError`, `ImportError` without MLflow, and what MLflow raises.
    """
    if query.entity == "runs" and client is None and find_spec("pandas"):
        return _data_frame(query, client_of(None))
    return _entities(query, client or client_of(None))


def client_of(tracking_uri: str | None) -> Any:
    """Return MLflow's client for a store, for the one that MLflow would use where none is named."""
    try:
        from mlflow import MlflowClient
    except ImportError as error:
        raise ImportError(NEEDS_MLFLOW) from error
    return MlflowClient(tracking_uri)


def refusals() -> tuple[type[Exception], ...]:
    """Return the exceptions that speak for MLflow and for the store behind it, not of a mistake of ours."""
    from mlflow.exceptions import MlflowException

    return (CannotRunError, MlflowException)


def _data_frame(query: Query, client: Any) -> Any:
    import mlflow

    arguments = _arguments(query, _SEARCHES["runs"], client)
    if query.limit is not None:
        arguments["max_results"] = query.limit
    return mlflow.search_runs(**arguments)


def _entities(query: Query, client: Any) -> list[Any]:
    known = _SEARCHES.get(query.entity)
    search = getattr(client, known.method, None) if known else None
    if known is None or search is None:
        raise CannotRunError(f"this MLflow's client cannot search {query.entity} by a query")
    arguments = _arguments(query, known, client)
    return _pages(lambda **page: search(**arguments, **page), known.page, query.limit)


def _pages(search: Callable[..., Any], page: int, limit: int | None) -> list[Any]:
    """Return the results of all pages, up to the limit."""
    found: list[Any] = []
    token = None
    while limit is None or len(found) < limit:
        size = page if limit is None else min(page, limit - len(found))
        results = search(max_results=size, page_token=token)
        found += results
        token = results.token
        if not token:
            break
    return found


def _arguments(query: Query, search: _Search, client: Any) -> dict[str, Any]:
    from mlflow.entities import ViewType

    arguments: dict[str, Any] = {"filter_string": query.filter}
    if query.order_by:
        is_dict = query.entity == "logged_models"
        arguments["order_by"] = [_order(text) if is_dict else text for text in query.order_by]
    if search.view:
        views = {"active": ViewType.ACTIVE_ONLY, "deleted": ViewType.DELETED_ONLY, "all": ViewType.ALL}
        arguments[search.view] = views[query.view]
    if search.experiments:
        arguments[search.experiments] = _experiment_ids(query.experiments, client)
    return arguments


def _experiment_ids(names: tuple[str, ...], client: Any) -> list[str]:
    """Return the experiments of these names, all that are not deleted where there is none."""
    if not names:
        experiments = _pages(client.search_experiments, 1000, None)
        return [experiment.experiment_id for experiment in experiments]
    found = {name: client.get_experiment_by_name(name) for name in names}
    missing = [name for name, experiment in found.items() if experiment is None]
    if missing:
        raise CannotRunError(f"there is no experiment named {' or '.join(map(repr, missing))}")
    return [experiment.experiment_id for experiment in found.values()]


def _order(text: str) -> dict[str, Any]:
    """Return one ORDER BY expression as the search of logged models takes it."""
    direction = _DIRECTION.search(text)
    field = text[: direction.start()] if direction else text
    return {"field_name": field.strip(), "ascending": not direction or direction[1].upper() == "ASC"}
