"""What is searched, as people say it."""

from __future__ import annotations


def plural(entity: str) -> str:
    """Return `runs` or `MCP servers`."""
    return entity.replace("_", " ").replace("mcp", "MCP")


def singular(entity: str) -> str:
    """Return `run` or `MCP server`."""
    return plural(entity).removesuffix("s")
