"""What single keys add to the checks of every clause; the dialect tables name these steps."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mlq_grammar.sentences import sentences
from mlq_grammar.tokens import Kind
from mlq_grammar.verdict.nodes import NUMBERS, Group
from mlq_grammar.verdict.refusal import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlq_grammar.verdict.clauses import Clause

_NUMBER = r"(?:0|[1-9][0-9]*)"
_LABEL = rf"(?:{_NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_SEMVER = re.compile(
    rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})(?:-{_LABEL}(?:\.{_LABEL})*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)
_SEMVER_LENGTH = 128
_SEMVER_CORE = 2_147_483_647


def take(steps: tuple[str, ...], clause: Clause) -> Clause:
    """Run the steps in order; each returns the clause as it leaves it, or raises `RefusedError`."""
    for step in steps:
        clause = _STEPS[step](clause)
    return clause


def _number_or_text(clause: Clause) -> Clause:
    """Traces: feedback and expectations compare by order with numbers, else with text."""
    right = clause.comparison.right
    is_ordered = clause.comparator in (">", ">=", "<", "<=")
    is_text = right is not None and (right.kind is Kind.STRING or right.group is Group.IDENTIFIER)
    is_number = right is not None and right.kind in NUMBERS
    if right is None or (is_ordered and is_number) or (is_text and not is_ordered):
        return clause
    sentence = "number-for-order" if is_ordered else "quoted-for-type"
    raise clause.refused(sentences()[sentence], right.span, value=right.text)


def _list_only_with_in(clause: Clause) -> Clause:
    """Let a list go with IN alone, not with NOT IN: evaluation datasets."""
    if isinstance(clause.value, tuple) and clause.comparator != "IN":
        raise refused("dataset-list", clause.comparison.comparator_span)
    return clause


def _lower_case_items(clause: Clause) -> Clause:
    """Drop the items of a list that are not in lower case, as MLflow did."""
    if not isinstance(clause.value, tuple):
        return clause
    return replace(clause, value=tuple(item for item in clause.value if str(item).islower()))


def _integer(clause: Clause) -> Clause:
    """Creation times and the like: the store takes whole numbers only."""
    if isinstance(clause.value, float):
        raise refused("integer-wanted", clause.value_span, key=clause.name, value=str(clause.value))
    return clause


def _integer_in_text(clause: Clause) -> Clause:
    """Model versions: a whole number, in quotes or not."""
    facts = {"key": clause.name, "value": clause.value}
    if isinstance(clause.value, float):
        raise refused("integer-wanted", clause.value_span, **facts)
    try:
        return replace(clause, value=int(str(clause.value)))
    except ValueError:
        raise refused("integer-wanted", clause.value_span, **facts) from None


def _experiment_id(clause: Clause) -> Clause:
    """Experiments: an ID is stored as a number and written as text."""
    value = clause.value
    if isinstance(value, tuple):
        return replace(clause, value=tuple(_as_experiment_id(item, clause) for item in value))
    return replace(clause, value=_as_experiment_id(value, clause))


def _as_experiment_id(value: object, clause: Clause) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise refused("experiment-id", clause.value_span, value=value) from None


def _prompt_version(clause: Clause) -> Clause:
    """Traces: a prompt is named with its version."""
    if str(clause.value).count("/") != 1:
        raise refused("prompt-value", clause.value_span, value=clause.value)
    return clause


def _true_or_false(clause: Clause) -> Clause:
    """MCP servers: whether there are access endpoints."""
    if str(clause.value).lower() not in ("true", "false"):
        raise clause.refused(clause.key.checks.bad_comparator, clause.value_span)
    return clause


def _semantic_version(clause: Clause) -> Clause:
    """MCP server versions: ordered by SemVer 2.0.0, equal by text."""
    text = str(clause.value)
    if clause.comparator in ("=", "!="):
        return clause
    found = _SEMVER.fullmatch(text)
    reason = None
    if len(text) > _SEMVER_LENGTH:
        reason = f" (maximum length is {_SEMVER_LENGTH} characters)"
    elif found is None:
        reason = ""
    else:
        for part, number in zip(("major", "minor", "patch"), found.groups(), strict=True):
            if int(number) > _SEMVER_CORE:
                reason = f" ({part} must be <= {_SEMVER_CORE})"
                break
    if reason is None:
        return clause
    raise refused("semantic-version", clause.value_span, value=text, reason=reason)


def _one_value_or_list(clause: Clause) -> Clause:
    """Skills: a list with IN and NOT IN, a single value with all others."""
    takes_list = clause.comparator in ("IN", "NOT IN")
    if isinstance(clause.value, tuple) == takes_list:
        return clause
    sentence = "skill-wants-list" if takes_list else "skill-wants-one"
    raise clause.refused(sentences()[sentence], clause.value_span, value=clause.value)


def _printed_list(clause: Clause) -> Clause:
    """Traces: a list for a span's attribute is printed into the pattern, where it does not stop a RLIKE."""
    if not isinstance(clause.value, tuple):
        return clause
    if clause.comparator == "RLIKE":
        raise refused("list-for-pattern", clause.value_span)
    return replace(clause, value=str(clause.value))


_STEPS: dict[str, Callable[[Clause], Clause]] = {
    "number-or-text": _number_or_text,
    "list-only-with-in": _list_only_with_in,
    "lower-case-items": _lower_case_items,
    "integer": _integer,
    "integer-in-text": _integer_in_text,
    "experiment-id": _experiment_id,
    "prompt-version": _prompt_version,
    "printed-list": _printed_list,
    "true-or-false": _true_or_false,
    "semantic-version": _semantic_version,
    "one-value-or-list": _one_value_or_list,
}
