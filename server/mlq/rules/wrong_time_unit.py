"""MLQ508: a time in seconds, microseconds or nanoseconds, where MLflow counts milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from decimal import Decimal, InvalidOperation

from mlq_grammar.dialect import Dialect

from mlq.rules.names import names_where
from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning, conditions_with
from mlq.semantics.moments import is_moment

# Seconds since 1970: 2001-09-09 and 2100-01-01. In milliseconds, numbers of the first range lie in January
# and February of 1970, long before MLflow; those of the others many thousand years from now.
_FIRST, _LAST = 1_000_000_000, 4_102_444_800
_UNITS = (("seconds", 1), ("microseconds", 1_000_000), ("nanoseconds", 1_000_000_000))


def check(meaning: Meaning) -> Iterator[Report]:
    for _, _, key, value in conditions_with(meaning, "number"):
        # No time in milliseconds since 2001 and before 2286 has other than 13 digits.
        if len(value.text) == 13 or not is_moment(key):
            continue
        try:
            number = Decimal(value.text)
        except InvalidOperation:
            continue
        for unit, in_second in _UNITS:
            if _FIRST * in_second <= number < _LAST * in_second:
                meant = int(number * 1000 / in_second)
                message = f"MLflow counts milliseconds. In {unit} this is {_day(meant)}: write {meant}."
                yield Report(value.span, message, replace("Write milliseconds", value.span, str(meant)))


def _day(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, tz=timezone.utc).date().isoformat()


def signs(dialect: Dialect) -> tuple[str, ...] | None:
    return names_where(is_moment, dialect)


RULE = Rule(
    code="MLQ508",
    name="wrong-time-unit",
    severity="warning",
    summary="A time is not in milliseconds",
    why="""MLflow keeps times in milliseconds since 1970. Seconds, as `time.time()` gives them, are moments
in early 1970, so `>` finds everything and `<` nothing; microseconds and nanoseconds lie in the far
future. A number counts as one of these if in that unit it is a moment between 2001-09-09 and 2100.""",
    wrong="""\
start_time > 1704067200
             ^^^^^^^^^^""",
    right="start_time > 1704067200000",
    check=check,
    signs=signs,
)
