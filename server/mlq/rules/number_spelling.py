"""MLQ405: a number in a spelling that MLflow does not read as one."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.writing import is_number, number
from mlq.semantics.meaning import Meaning, conditions_with
from mlq.semantics.traits import Trait


def check(meaning: Meaning) -> Iterator[Report]:
    for _, _, key, value in conditions_with(meaning, "number"):
        if key.value != "number" or is_number(value.text):
            continue
        written = number(value.text)
        message = f"MLflow does not read {value.text} as one number."
        if written:
            yield Report(
                value.span, f"{message} Write {written}.", replace(f"Write {written}", value.span, written)
            )
        else:
            yield Report(value.span, message)


RULE = Rule(
    code="MLQ405",
    name="number-spelling",
    severity="error",
    summary="A number is written in a way that MLflow does not read",
    why="""MLflow reads digits with one optional point, a minus sign before them, and an exponent
without a plus sign: `100000`, `-0.5`, `1e5`, `1e-5`. A plus sign, hexadecimal digits and underscores
cut the number in pieces.""",
    wrong="""\
metrics.loss < 1e+5
               ^^^^""",
    right="metrics.loss < 1e5",
    check=check,
    signs=when(Trait.NUMBER),
)
