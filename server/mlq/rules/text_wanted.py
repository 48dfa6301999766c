"""What MLQ401 to MLQ403 share: a key that is text, compared with something that is not a quoted string."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mlq.keys.quoting import write_value
from mlq.rules.rule import Report, replace
from mlq.rules.value_in_backticks import is_in_backticks
from mlq.semantics.meaning import Meaning, conditions_with

_WHAT = {
    "number": "a number",
    "word": "an unquoted word",
    "key": "another key",
    "expression": "a calculation",
    "function": "a function",
    "brackets": "a list in brackets",
}


def unquoted_values(meaning: Meaning, noun: str, is_meant: Callable[[str], bool]) -> Iterator[Report]:
    """Yield the values that lack quotes, for the families that are meant; `noun` begins the message."""
    for condition, subject, key, value in conditions_with(
        meaning, "number", "word", "key", "expression", "function", "brackets"
    ):
        if key.value != "text" or not subject.family or not is_meant(subject.family.type):
            continue
        takes_list = condition.operator and condition.operator.name in {"IN", "NOT IN"}
        if takes_list or is_in_backticks(value):
            continue
        label, what = subject.label, _WHAT[value.kind]
        message = f"{noun.format(label)} text: compare {label} with a quoted string, not with {what}"
        written = write_value(value.text) if value.kind in {"number", "word"} else None
        if written:
            fix = replace("Quote the value", value.span, written)
            yield Report(value.span, f"{message}. Write {written}.", fix)
        else:
            yield Report(value.span, f"{message}.")
