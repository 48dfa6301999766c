"""MLQ411: the list of IN holds something else than quoted strings, or is no list."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.tree import AtomKind

from mlq.findings import Fix
from mlq.keys.quoting import write_value
from mlq.rules.rule import Report, Rule, replace, when
from mlq.semantics.meaning import Meaning, Value

_STRINGS = frozenset({AtomKind.STRING, AtomKind.SYMBOL})


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        operator, value = condition.operator, condition.value
        if condition.operator_fits and operator and value and operator.name in {"IN", "NOT IN"}:
            yield from _reports(value)


def _reports(value: Value) -> Iterator[Report]:
    if value.kind == "text" and value.is_whole:
        fix = replace("Put it in parentheses", value.span, f"({value.text})")
        yield Report(value.span, "IN takes a list in parentheses, also for one value.", fix)
    elif value.kind == "brackets":
        message = "The list of IN stands in parentheses, not in brackets."
        yield Report(value.span, message, replace("Use parentheses", value.span, f"({value.text[1:-1]})"))
    elif value.kind != "list":
        yield Report(value.span, "IN takes a list of quoted strings in parentheses: ('a', 'b').")
    elif not value.is_whole:
        fix = replace("Close the list", value.span, f"{value.text})")
        yield Report(value.span, "This list has no closing parenthesis.", Fix(fix.title, fix.edits))
    elif not value.items:
        yield Report(value.span, "MLflow refuses an empty list. Leave the condition out, or name a value.")
    elif _has_gap(value):
        yield Report(value.span, "An item is missing between two commas of this list.")
    else:
        yield from _items(value)


def _has_gap(value: Value) -> bool:
    """Whether two commas stand side by side, or one before the first item."""
    start = value.span.start
    ends = [start + 1, *(item.span.end for item in value.items)]
    gaps = [
        value.text[end - start : item.span.start - start]
        for end, item in zip(ends, value.items, strict=False)
    ]
    return any(gap.count(",") != (1 if place else 0) for place, gap in enumerate(gaps))


def _items(value: Value) -> Iterator[Report]:
    for item in value.items:
        if item.kind in {AtomKind.NUMBER, AtomKind.WORD}:
            written = write_value(item.text)
            message = "The items of a list are quoted strings."
            fix = replace("Quote the item", item.span, written) if written else None
            yield Report(item.span, f"{message} Write {written}." if written else message, fix)


RULE = Rule(
    code="MLQ411",
    name="malformed-list",
    severity="error",
    summary="What follows IN is no list of quoted strings",
    why="""`IN` and `NOT IN` take a list in parentheses, with at least one item, each a quoted string.""",
    wrong="""\
run_id IN (a1b2, 'c3d4')
           ^^^^""",
    right="run_id IN ('a1b2', 'c3d4')",
    check=check,
    signs=when("IN"),
)
