"""MLQ527: RLIKE with a pattern that is no regular expression."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from mlq.rules.rule import Report, Rule
from mlq.semantics.meaning import Meaning, conditions_with

# Compiling a pattern takes time; longer ones were made by a program.
_MAX_LENGTH = 1_000


def check(meaning: Meaning) -> Iterator[Report]:
    for condition, _, _, value in conditions_with(meaning, "text"):
        if condition.operator and condition.operator.name == "RLIKE" and len(value.content) <= _MAX_LENGTH:
            fault = _fault(value.content)
            if fault:
                message = f"This finds nothing: it is no regular expression ({fault})."
                yield Report(value.span, message)


def _fault(pattern: str) -> str | None:
    """Return what Python says is wrong with a pattern; MLflow has SQLite ask Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except re.error as error:
        return error.msg
    except (OverflowError, RecursionError):
        return "it is too large"
    return None


RULE = Rule(
    code="MLQ527",
    name="broken-pattern",
    severity="warning",
    summary="RLIKE stands before what is no regular expression",
    why="""MLflow reads the filter without a look at the pattern. On SQLite it hands the pattern to Python's
`re`, and takes one that cannot be read for one that matches nothing; other databases have rules of their own,
and fail. In a pattern `.`, `*`, `+`, `?`, `(`, `[`, `{` and the backslash mean something; a backslash before
one of them takes that away.""",
    wrong="""\
tags.team RLIKE '[a-z'
                ^^^^^^""",
    right="tags.team RLIKE '[a-z]'",
    check=check,
    entity="traces",
    signs=lambda _: ("RLIKE",),
)
