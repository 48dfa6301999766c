"""What MLflow's search functions take for each parameter, beyond what their signatures say.

Found by running MLflow 3.17.2 on a SQL store and through a server; the limits are constants of all releases
from 2.3.0 on.
"""

from __future__ import annotations

from mlq.hosts.calls import ArgumentKind

KINDS: dict[str, ArgumentKind] = {
    "experiment_ids": "list",
    "experiment_names": "list",
    "filter_string": "text",
    "run_view_type": "view",
    "view_type": "view",
    "max_results": "number",
    "order_by": "list",
}
"""What a parameter takes."""

VIEWS = {"search_runs": "run_view_type", "search_experiments": "view_type"}
"""The parameter that chooses between what is active and what is deleted."""

ALIASES = {
    "filter": ("filter_string",),
    "filters": ("filter_string",),
    "query": ("filter_string",),
    "where": ("filter_string",),
    "search_filter": ("filter_string",),
    "view_type": ("run_view_type",),
    "run_view_type": ("view_type",),
    "limit": ("max_results",),
    "n": ("max_results",),
    "top": ("max_results",),
    "page_size": ("max_results",),
    "num_results": ("max_results",),
    "order": ("order_by",),
    "sort": ("order_by",),
    "sort_by": ("order_by",),
    "experiment_id": ("experiment_ids",),
    "experiment_name": ("experiment_names",),
    "experiments": ("experiment_ids",),
}
"""The names by which people mean a parameter."""

MOST_RESULTS = {
    "search_runs": 50_000,
    "search_experiments": 50_000,
    "search_registered_models": 1_000,
    "search_model_versions": 200_000,
    "search_traces": 50_000,
    "search_datasets": 50_000,
    "search_prompts": 1_000,
    "search_mcp_servers": 1_000,
    "search_mcp_server_versions": 50_000,
    "search_mcp_access_endpoints": 50_000,
}
"""The most results that a method of the client asks for; a module's function asks page by page."""

MOST_OF_SERVER = {"search_traces": 500}
"""What a tracking server allows, where that is less."""

NEEDS_ONE = frozenset(
    {
        *("search_runs", "search_experiments", "search_model_versions", "search_datasets"),
        *("search_mcp_servers", "search_mcp_server_versions", "search_mcp_access_endpoints"),
    }
)
"""The methods of the client that refuse to ask for no results."""

FORMATS = {
    "search_runs": ("output_format", ("pandas", "list")),
    "search_logged_models": ("output_format", ("pandas", "list")),
    "search_traces": ("return_type", ("pandas", "list")),
}
"""The parameter of a module's function that says what the result is, and what it may be."""

REFUSES_TEXT_FOR_IDS = frozenset({"search_logged_models"})
"""The functions that refuse one text for `experiment_ids`; those of the client are listed beside it."""

REFUSES_TEXT_FOR_IDS_OF_CLIENT = REFUSES_TEXT_FOR_IDS | {"search_traces"}
"""The methods of the client that do."""
