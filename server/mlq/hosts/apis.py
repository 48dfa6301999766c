"""MLflow's Python calls that take a filter: which argument, which entity, and who else has such names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Api:
    """One call.

    `fluent` and `client` are the places of the filters among the positional arguments, from 0, of the
    function in the module and of the client's method; empty where only a keyword is sure. `is_shared` tells
    that other libraries have a method of this name with such an argument: the two alone prove nothing.
    `is_list` tells that the argument is a list of filters.
    """

    name: str
    entity: str
    fluent: tuple[int, ...] = ()
    client: tuple[int, ...] = ()
    arguments: tuple[str, ...] = ("filter_string",)
    is_shared: bool = False
    is_list: bool = False


# Places: MLflow 2.3 to 3.17, never changed; only the registry's two differ between function and method.
_APIS = (
    Api("search_runs", "runs", (1,), (1,)),
    Api("search_experiments", "experiments", (2,), (2,)),
    Api("search_registered_models", "registered_models", (1,), (0,)),
    Api("search_model_versions", "model_versions", (1,), (0,)),
    Api("search_traces", "traces", (1,), (1,), is_shared=True),
    Api("search_logged_models", "logged_models", (1,), (1,)),
    Api("search_prompts", "prompts", (0,), (0,), is_shared=True),
    Api("search_datasets", "evaluation_datasets", (1,), (1,), is_shared=True),
    Api("search_mcp_servers", "mcp_servers", (0,), (0,), is_shared=True),
    Api("search_mcp_server_versions", "mcp_server_versions", (1,), (1,)),
    Api("search_mcp_access_endpoints", "mcp_access_endpoints", (3,), (3,)),
    Api("search_issues", "issues", is_shared=True),
    Api("search_skills", "skills", is_shared=True),
    Api("search_skill_versions", "skill_versions", is_shared=True),
    Api("query_trace_metrics", "trace_metrics", arguments=("filters",), is_list=True),
    Api(
        "calculate_trace_filter_correlation",
        "traces",
        (1, 2, 3),
        (1, 2, 3),
        ("filter_string1", "filter_string2", "base_filter"),
    ),
    Api("ScorerSamplingConfig", "traces", (1,)),
    Api("ScorerScheduleConfig", "traces"),
    Api("upsert_online_scoring_config", "traces", is_shared=True),
    Api("discover_issues", "traces", is_shared=True),
)

APIS = {api.name: api for api in _APIS}

# The call that a query file's SEARCH stands for.
SEARCHES = {api.entity: api.name for api in reversed(_APIS)}

# Libraries with calls of the same names or the same argument: a receiver of theirs is never MLflow's.
OTHER_OWNERS = frozenset(
    {
        "aim",
        "arize",
        "azure",
        "braintrust",
        "clearml",
        "comet_ml",
        "deepeval",
        "galileo",
        "github",
        "google",
        "gvm",
        "helicone",
        "honeyhive",
        "jira",
        "kingdee",
        "langfuse",
        "langsmith",
        "ldap3",
        "lilypad",
        "mealie",
        "msgraph",
        "neptune",
        "openalex",
        "opik",
        "phoenix",
        "promptlayer",
        "pyalex",
        "ragas",
        "sagemaker",
        "traceloop",
        "vertexai",
        "wandb",
        "weave",
    }
)
