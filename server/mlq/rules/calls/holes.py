"""MLQ820 and MLQ821: what an f-string puts into a filter may not be read as one value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlq_grammar.dialect import load
from mlq_grammar.spans import Span

from mlq.findings import Edit, Fix
from mlq.hosts.region import FilterRegion, Hole
from mlq.rules.calls.bound import Bound
from mlq.rules.calls.rule import CallRule
from mlq.rules.rule import Report
from mlq.semantics.meaning import Condition, resolve

_FIELD = re.compile(r"\{\s*([\w.]+(?:\[[^\[\]{}]*\])?)\s*(?:!s)?\}")
_ONE_VALUE = frozenset({"=", "!=", "LIKE", "ILIKE", "RLIKE"})


def check_quoted(bound: Bound) -> Iterator[Report]:
    for region in bound.call.filters:
        for hole in region.gaps:
            quoted = _quoted(hole, region)
            if quoted and hole.writing != "closed" and hole.kind == "unknown":
                yield _open(hole, quoted, region)


def _quoted(hole: Hole, region: FilterRegion) -> Span | None:
    """Return the string of the filter that a hole stands in, quotes included."""
    for found in re.finditer(r"""'[^']*'|"[^"]*\"""", region.text):
        if found.start() < hole.span.start and hole.span.end < found.end():
            return Span(*found.span())
    return None


def _open(hole: Hole, quoted: Span, region: FilterRegion) -> Report:
    quote = region.text[quoted.start]
    message = (
        f"A {quote} in {hole.label} ends this string: what follows is read as more of the filter. "
        "Let Python choose the quotes."
    )
    return Report(region.map.to_outer(hole.span), message, _rewritten(hole, quoted, region))


def _rewritten(hole: Hole, quoted: Span, region: FilterRegion) -> Fix | None:
    """Write `{str(x)!r}` in the place of `'{x}'`; None where there is more in it, or no f-string."""
    inner = Span(quoted.start + 1, quoted.end - 1)
    outer = region.map.to_outer(hole.span)
    literal = next((each for each in region.literals if each.content.overlaps(outer)), None)
    if inner != hole.span or literal is None or "f" not in literal.opening.lower():
        return None
    first, last = (region.map.to_outer(Span(at, at + 1)) for at in (quoted.start, quoted.end - 1))
    if (first.end, last.start) != (outer.start, outer.end) or not re.fullmatch(r"[\w.\[\]]+", hole.source):
        return None
    written = f"{{str({hole.source})!r}}"
    return Fix(f"Write {written}", [Edit(first.start, last.end, written)], safe=False)


def check_bare(bound: Bound) -> Iterator[Report]:
    for region in bound.call.filters:
        for hole in region.gaps:
            condition = _condition(hole, region, bound)
            if hole.kind == "unknown" and hole.writing == "given" and condition:
                yield _unquoted(hole, condition, region)


def _condition(hole: Hole, region: FilterRegion, bound: Bound) -> Condition | None:
    """Return the condition whose value is a hole without quotes, where MLflow takes only text."""
    dialect = load(region.entity, bound.mlflow_version)
    text = (
        region.text[: hole.span.start]
        + "0" * (hole.span.end - hole.span.start)
        + region.text[hole.span.end :]
    )
    for condition in resolve(text, dialect).conditions:
        value, key = condition.value, condition.subject.key if condition.subject else None
        if value and value.span == hole.span and key and key.value == "text" and condition.operator:
            takes_number = "number" in key.checks.takes
            return condition if condition.operator.name in _ONE_VALUE and not takes_number else None
    return None


def _unquoted(hole: Hole, condition: Condition, region: FilterRegion) -> Report:
    outer = region.map.to_outer(hole.span)
    what = {"params": "param", "tags": "tag"}.get(
        condition.subject.prefix if condition.subject else "", "key"
    )
    message = (
        f"{hole.label} has no quotes around it: MLflow compares this {what} with text, and refuses a bare "
        "number or word."
    )
    quote = "'" if not region.quote.endswith("'") else '"'
    edits = [Edit(outer.start, outer.start, quote), Edit(outer.end, outer.end, quote)]
    # What is joined by + stands outside the strings: quotes around it would make a string of the code.
    is_within = any(each.content.overlaps(outer) for each in region.literals)
    return Report(outer, message, Fix("Put quotes around it", edits) if is_within else None)


QUOTED = CallRule(
    code="MLQ820",
    name="open-to-quotes",
    severity="hint",
    summary="A quote in the value ends the string",
    why="""What an f-string puts between quotes is text of the filter: `x' OR …` in a value is read as more
of the filter, and `it's` is refused. MLflow has no escape; a text may only be written in the quotes that it
does not hold. Python's `!r` chooses them; for a text with both quotes, or with a backslash, nothing can be
written, and `mlq.quote` raises a ValueError.""",
    wrong="""\
mlflow.search_runs(filter_string=f"tags.team = '{team}'")
                                                ^^^^^^""",
    right="""mlflow.search_runs(filter_string=f"tags.team = {str(team)!r}")""",
    check=check_quoted,
)

BARE = CallRule(
    code="MLQ821",
    name="unquoted-value",
    severity="warning",
    summary="A param is compared with what may be a bare number",
    why="""Params and tags are text, and MLflow compares them with text in quotes only. An f-string writes
the number `0.1` without: MLflow refuses the filter. Put the quotes around the braces.""",
    wrong="""\
mlflow.search_runs(filter_string=f"params.learning_rate = {rate}")
                                                          ^^^^^^""",
    right="""mlflow.search_runs(filter_string=f"params.learning_rate = '{rate}'")""",
    check=check_bare,
)
