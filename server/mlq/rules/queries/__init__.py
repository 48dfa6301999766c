"""The rules of `.mlq` files, in the order of their codes."""

from __future__ import annotations

from mlq.rules.queries import (
    bad_experiments,
    bad_limit,
    bad_name,
    bad_view,
    duplicate_name,
    duplicate_section,
    empty_section,
    missing_entity,
    missing_semicolon,
    missing_where,
    unclosed_quote,
    unknown_entity,
    unused_section,
)
from mlq.rules.queries.rule import QueryRule

QUERY_RULES: tuple[QueryRule, ...] = tuple(
    module.RULE
    for module in (
        bad_name,
        duplicate_name,
        unknown_entity,
        missing_entity,
        missing_where,
        missing_semicolon,
        unclosed_quote,
        bad_experiments,
        bad_view,
        bad_limit,
        duplicate_section,
        empty_section,
        unused_section,
    )
)
