"""What a filter means in plain words, as MLflow reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from mlq_grammar.dialect import Dialect
from mlq_grammar.tree import Joint, JointKind
from mlq_grammar.verdict import Ran, conditions

from mlq.semantics.meaning import Condition, Value, resolve

_NOUNS: Mapping[str, str] = {
    "metric": "the metric",
    "metrics": "the metric",
    "parameter": "the param",
    "params": "the param",
    "tag": "the tag",
    "tags": "the tag",
    "dataset": "a dataset's",
    "request_metadata": "the metadata",
    "span": "a span's",
    "feedback": "the feedback",
    "expectation": "the expectation",
    "issue": "an issue's",
}
"""How to name a key, by MLflow's word for its family; an attribute by its name alone."""

_SEVERAL = frozenset({"dataset", "span", "issue"})

_PHRASES: Mapping[str, str] = {
    "=": "is {value}",
    "!=": "is not {value}",
    ">": "is greater than {value}",
    ">=": "is at least {value}",
    "<": "is less than {value}",
    "<=": "is at most {value}",
    "LIKE": "{pattern}",
    "ILIKE": "{pattern}, in small or capital letters",
    "RLIKE": "matches the regular expression {value}",
    "IN": "is {one_of}",
    "NOT IN": "is not {one_of}",
    "IS NULL": "is missing",
    "IS NOT NULL": "is there, whatever its value",
}
# A run without the key is not among those that differ.
_UNLIKE = frozenset({"!=", "NOT IN"})
_OPTIONAL = frozenset({"metric", "metrics", "parameter", "params", "tag", "tags", "request_metadata"})

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_TIMES = ("_time", "_timestamp", "timestamp_ms", "_at", "_time_ms")
_DURATIONS = frozenset({"execution_time_ms", "execution_time"})


def in_words(text: str, dialect: Dialect) -> tuple[str, ...] | None:
    """Return each condition that MLflow runs in plain words; None where it refuses the filter."""
    found = conditions(text, dialect)
    return None if found is None else tuple(_sentence(condition) for condition in found)


def meant_in_words(text: str, dialect: Dialect) -> tuple[str, ...]:
    """Return what a filter that MLflow refuses seems to ask for; nothing where a part cannot be told."""
    meaning = resolve(text, dialect)
    joints = [part for part in meaning.parse.tree.parts if isinstance(part, Joint)]
    found = [_meant(condition) for condition in meaning.conditions]
    if meaning.parse.errors or any(joint.kind is not JointKind.AND for joint in joints) or None in found:
        return ()
    return tuple(_sentence(condition) for condition in found if condition)


def _meant(condition: Condition) -> Ran | None:
    subject, operator, value = condition.subject, condition.operator, condition.value
    if not subject or not operator or (value is None and not operator.name.endswith("NULL")):
        return None
    type_ = subject.family.type if subject.family else ""
    name = subject.name if subject.family else subject.label
    return Ran(type_, name, operator.name, _meant_value(value) if value else None)


def _meant_value(value: Value) -> str | float | tuple[str, ...]:
    if value.kind == "list":
        return tuple(item.text.strip("'\"") for item in value.items)
    if value.kind == "number":
        return float(value.text) if "." in value.text or "e" in value.text.lower() else int(value.text)
    return value.content


def _sentence(condition: Ran) -> str:
    noun = _NOUNS.get(condition.type, "")
    name = condition.name if condition.name.isidentifier() else f"`{condition.name}`"
    subject = f"{noun} {name}" if noun else condition.name
    said = _predicate(condition)
    if condition.comparator in _UNLIKE and condition.type in _OPTIONAL:
        said = f"is there, and {said}"
    return f"{subject} {said}"


def _predicate(condition: Ran) -> str:
    value = condition.value
    listed = value if isinstance(value, tuple | list | set) else (value,)
    written = [_written(item, condition) for item in listed]
    one_of = written[0] if len(written) == 1 else f"one of {', '.join(written)}"
    phrase = _PHRASES.get(condition.comparator, condition.comparator.lower() + " {value}")
    return phrase.format(value=", ".join(written), one_of=one_of, pattern=_pattern(value))


def _written(value: object, condition: Ran) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return repr(value)
    at = _moment(value, condition.name)
    return f"{value:g} ({at})" if at and isinstance(value, float) else f"{value} ({at})" if at else f"{value}"


def _moment(value: float, name: str) -> str:
    """Return the time that milliseconds since 1970 are, for the keys that are such times."""
    if name in _DURATIONS or not f"_{name}".endswith(_TIMES) or not 0 < value < 1e14:
        return ""
    moment = _EPOCH + timedelta(milliseconds=value)
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment.year > 1971 else ""


def _pattern(value: object) -> str:
    """Say what a pattern of LIKE matches: most have their wildcards at the ends alone."""
    text = str(value)
    inner = text.strip("%")
    if not inner and text:
        return "is there, whatever its value"
    if "%" in inner or "_" in inner:
        return f"matches {text!r}, where % is any text and _ any character"
    begins, ends = text[:1] == "%", text[-1:] == "%"
    if begins and ends:
        return f"contains {inner!r}"
    if begins or ends:
        return f"{'ends' if begins else 'begins'} with {inner!r}"
    return f"is {text!r}"
