"""Why a filter finds nothing, clause by clause, and what an unequal leaves out: in a sentence each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlq_grammar.spans import Span

from mlq.findings import Edit, Fix
from mlq.keys.index import KeyIndex
from mlq.keys.matches import Count
from mlq.rules.matches.matched import Matched
from mlq.semantics import nouns
from mlq.semantics.meaning import Meaning
from mlq.semantics.questions import Part

MOST = 1_000
"""Beyond, a number from a server says no more than that there are many."""

_UNEQUAL = frozenset({"!=", "NOT IN"})


class Reason(NamedTuple):
    """A sentence on a part of the filter, and what would help, if anything is known to."""

    span: Span
    text: str
    fix: Fix | None = None


def number(count: Count) -> str:
    """Return a count as people read it: `812`, `1,000+`."""
    return f"{count.number:,}" if count.is_exact else f"{min(count.number, MOST):,}+"


def amount(count: Count, entity: str) -> str:
    """Return a count with its noun: `1 run`, `812 runs`."""
    is_one = count.is_exact and count.number == 1
    return f"{number(count)} {nouns.singular(entity) if is_one else nouns.plural(entity)}"


def of_all(matched: Matched) -> str:
    """Return how many there are, with their noun: `812 runs`."""
    everything = matched.counts.get(matched.everything)
    return amount(everything, _entity(matched)) if everything else nouns.plural(_entity(matched))


def reasons(matched: Matched) -> Iterator[Reason]:
    """Yield why none matches; nothing where some do, or where that is not known."""
    if not matched.is_empty:
        return
    empty = matched.empty_parts
    for part in empty:
        yield _of_clause(matched, part)
    if not empty:
        yield from _of_together(matched)


def left_out(meaning: Meaning, index: KeyIndex) -> Iterator[str]:
    """Yield how many each `!=` leaves out since they lack its key."""
    for condition in meaning.conditions:
        subject, operator = condition.subject, condition.operator
        family = subject.family if subject else None
        if not subject or not operator or not family or operator.name not in _UNEQUAL:
            continue
        info = index.keys(family.type).get(subject.name)
        missing = index.seen - info.count if info and family.keys is None else 0
        if missing > 0:
            looked_at = f"{index.seen:,} {meaning.plural}"
            seen = looked_at if index.complete else f"the newest {looked_at}"
            yield f"{operator.name} leaves out {missing:,} of {seen}, which have no {subject.label}"


def _of_clause(matched: Matched, part: Part) -> Reason:
    text = f"{_named(part)} matches 0 of {of_all(matched)}"
    meant = matched.meant(part)
    count = matched.counts.get(meant[1]) if meant else None
    if meant is not None and count is not None and count.number:
        edit, _, value = meant
        title = f"Write {edit.text}, which {amount(count, _entity(matched))} {_have(count)}"
        return Reason(
            part.condition.clause.span,
            f"{text}; nearest {value!r}, {number(count)}",
            Fix(title, [edit], safe=False),
        )
    return Reason(part.condition.clause.span, f"{text}{_range(matched, part)}")


def _range(matched: Matched, part: Part) -> str:
    """Say between what the numbers of a metric lie, or which texts a key has."""
    info = matched.info(part)
    if info is None:
        return ""
    newest = "" if matched.index.complete else " in the newest"
    if info.numbers:
        return f"; from {info.numbers.least:g} to {info.numbers.greatest:g}{newest}"
    some = ", ".join(map(repr, info.values[:3]))
    return f"; most used {some}" if some else ""


def _of_together(matched: Matched) -> Iterator[Reason]:
    """Yield without which clauses some would match, where each alone matches some."""
    for part in matched.parts:
        count = matched.counts.get(part.others) if part.others else None
        if count is not None and count.number:
            text = f"without {_named(part)} {amount(count, _entity(matched))} would match"
            title = f"Remove {_named(part)}, and {amount(count, _entity(matched))} match"
            edit = _removal(matched, part)
            yield Reason(part.condition.clause.span, text, Fix(title, [edit], safe=False))


def _removal(matched: Matched, part: Part) -> Edit:
    """Return the edit that takes a clause out, with the AND before it, or behind the first one."""
    spans = [each.condition.clause.span for each in matched.parts]
    at = spans.index(part.condition.clause.span)
    if at:
        return Edit(spans[at - 1].end, spans[at].end, "")
    return Edit(spans[0].start, spans[1].start, "")


def _named(part: Part) -> str:
    return part.alone.filter


def _entity(matched: Matched) -> str:
    return matched.meaning.dialect.entity


def _have(count: Count) -> str:
    return "has" if count.is_exact and count.number == 1 else "have"
