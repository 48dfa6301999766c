"""MLQ528: a param compared with a number in another spelling than MLflow logs numbers in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlq.findings import Edit, Fix
from mlq.rules.rule import Report, Rule
from mlq.semantics.meaning import Meaning, conditions_with

# `3.10` may be a version of something; `0.10` and `1e-3` are numbers.
_NUMBER = re.compile(r"-?0?\.\d*0|-?\d+(?:\.\d*)?[eE]-\d+")
_PARAMS = frozenset({"parameter", "params"})
_EXACT = frozenset({"=", "!="})


def check(meaning: Meaning) -> Iterator[Report]:
    for condition, subject, _, value in conditions_with(meaning, "text"):
        if not subject.family or subject.family.type not in _PARAMS or not condition.operator:
            continue
        written = _logged(value.content) if condition.operator.name in _EXACT else None
        if written:
            message = f"Params are compared as text, and the number {value.content} is logged as '{written}'."
            edit = Edit(*value.span, f"'{written}'")
            yield Report(value.span, message, Fix(f"Write '{written}'", [edit], safe=False))


def _logged(text: str) -> str | None:
    """Return how MLflow logs a number, as Python prints it; None for one that is written so, or is none."""
    if not _NUMBER.fullmatch(text):
        return None
    printed = repr(float(text))
    return printed if printed != text else None


RULE = Rule(
    code="MLQ528",
    name="respelt-number",
    severity="information",
    summary="A param is compared with a number that MLflow logs in other words",
    why="""A param is a text. `mlflow.log_param("lr", 1e-3)` keeps what Python prints of the number, `0.001`,
and MLflow compares text with text: `'1e-3'` and `'0.0010'` are other texts, and find only what was logged as
these texts.""",
    wrong="""\
params.learning_rate = '1e-3'
                       ^^^^^^""",
    right="params.learning_rate = '0.001'",
    check=check,
    signs=lambda _: ("E-", "0'", '0"'),
)
