"""What the operators and the named keys are, in a sentence each, for hovers and menus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlq.rules.names import is_within_content
from mlq.semantics.nouns import singular

if TYPE_CHECKING:
    from mlq_grammar.dialect import Key

# What lacks a key has nothing to compare: each search joins or reads the value, which is NULL in SQL.
_OPERATORS: Mapping[str, str] = {
    "=": "is equal to; text is compared with its case",
    "!=": "is different from; a {noun} without the key does not match",
    ">": "is greater than",
    ">=": "is at least",
    "<": "is less than",
    "<=": "is at most",
    "LIKE": "matches a pattern: % is any text, _ any character; case counts",
    "ILIKE": "matches a pattern: % is any text, _ any character; case does not count",
    "RLIKE": "matches a regular expression",
    "IN": "is one of a list",
    "NOT IN": "is none of a list; a {noun} without the key does not match",
    "IS NULL": "the {noun} has no such key",
    "IS NOT NULL": "the {noun} has the key, whatever its value",
}

# An attribute of a span has no column: MLflow compares the text of the whole span.
_WITHIN_CONTENT: Mapping[str, str] = {
    "=": "compares the whole span with the value: no attribute is found so",
    "!=": "compares the whole span with the value: every span matches, with this attribute or without",
    "LIKE": "matches a pattern that begins with %: % is any text, _ any character; case counts",
    "ILIKE": "matches a pattern that begins with %: % is any text, _ any character; case does not count",
}

_RUNS: Mapping[tuple[str, str], str] = {
    ("attribute", "run_id"): "The run's id: 32 hexadecimal digits.",
    ("attribute", "run_name"): "The run's name, as the UI shows it; it need not be unique.",
    ("attribute", "status"): "The run's state: RUNNING, SCHEDULED, FINISHED, FAILED or KILLED, in capitals.",
    ("attribute", "user_id"): "The user who started the run.",
    ("attribute", "artifact_uri"): "Where the run's artifacts are.",
    ("attribute", "start_time"): "When the run started, in milliseconds since 1970-01-01 UTC.",
    (
        "attribute",
        "end_time",
    ): "When the run ended, in milliseconds since 1970-01-01 UTC; none while it runs.",
    ("dataset", "name"): "The name of a dataset that the run used as input.",
    ("dataset", "digest"): "The digest of a dataset that the run used as input.",
    ("dataset", "context"): "What the run used a dataset for, such as `training`.",
}
_BY_ENTITY: Mapping[str, Mapping[tuple[str, str], str]] = {"runs": _RUNS}


def operator(name: str, entity: str, key: Key | None = None) -> str:
    """Return what an operator does with a key in a search; empty for one that no search has."""
    prose = _OPERATORS.get(name, "").format(noun=singular(entity))
    return _WITHIN_CONTENT.get(name, prose) if key and is_within_content(key) else prose


def about(entity: str, type_: str, key: str) -> str:
    """Return what a named key is; empty where there is nothing to say."""
    return _BY_ENTITY.get(entity, {}).get((type_, key), "")
