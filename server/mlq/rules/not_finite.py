"""MLQ512: a metric compared with infinity or with what is no number."""

from __future__ import annotations

import math
from collections.abc import Iterator

from mlq_grammar.tree import Operator

from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning, Value, conditions_with

_EXPONENTS = tuple(f"E{digit}" for digit in range(1, 10))
_LARGEST = "1.7976931348623157e308"


def check(meaning: Meaning) -> Iterator[Report]:
    for condition, subject, _, value in conditions_with(meaning, "number", "word"):
        is_metric = subject.family is not None and subject.family.pattern.value == "number"
        number = _not_finite(value) if is_metric else None
        if number is not None and condition.operator:
            yield _report(number, condition.operator, value)


def _not_finite(value: Value) -> float | None:
    """Return the infinity or the NaN that a value is; None for all else."""
    try:
        number = float(value.text)
    except ValueError:
        return None
    return None if math.isfinite(number) else number


def _report(number: float, operator: Operator, value: Value) -> Report:
    if math.isnan(number):
        return Report(value.span, "Nothing compares with NaN: this finds nothing.")
    if operator.name == ("<" if number > 0 else ">"):
        return Report(value.span, "This holds for every metric that was logged.")
    message = (
        f"MLflow stores an infinite metric as {'' if number > 0 else '-'}{_LARGEST}: compare it with that."
    )
    if operator.name not in {"=", ">=" if number > 0 else "<="}:
        return Report(value.span, message)
    written = f">= {_LARGEST}" if number > 0 else f"<= -{_LARGEST}"
    return Report(value.span, message, replace(f"Write {written}", operator.span.joined(value.span), written))


RULE = Rule(
    code="MLQ512",
    name="not-finite",
    severity="warning",
    summary="A metric is compared with infinity or NaN",
    why="""MLflow stores an infinite metric as the largest number there is, and a database compares nothing
with NaN. So `= inf` and every comparison with `nan` find nothing. A run whose metric is NaN is found by no
comparison but `!=`.""",
    wrong="""\
metrics.loss = inf
               ^^^""",
    right=f"metrics.loss >= {_LARGEST}",
    check=check,
    entity="logged_models",
    signs=lambda dialect: () if dialect.syntax.reader == "logged-models" else _EXPONENTS,
    may_be_plain=False,
)
