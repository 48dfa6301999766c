"""The names of what MLflow's searches find; each has a table in `dialects`."""

from __future__ import annotations

ENTITIES = (
    *("runs", "experiments", "registered_models", "model_versions", "traces", "logged_models"),
    *("evaluation_datasets", "prompts", "issues", "trace_metrics", "mcp_servers", "mcp_server_versions"),
    *("mcp_access_endpoints", "skills", "skill_versions"),
)
"""Every search API, the most used first."""
