"""From an `order_by` list to its findings: the rules explain, MLflow's verdict decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mlq_grammar.dialect import Dialect
from mlq_grammar.spans import Span
from mlq_grammar.verdict import judge_items, judge_order_by
from mlq_grammar.verdict.order_by import text_of

from mlq.crashes import contained
from mlq.findings import Edit, Finding, apply
from mlq.rules.order_by import ORDER_RULES, direction, general, many_in_one, not_a_dict
from mlq.rules.order_by.item import Item, item_of
from mlq.rules.other_versions import absent

# A thing of the wrong kind has no parts, and what stands for a direction is no part of a key.
_FIRST = (not_a_dict.RULE, direction.RULE)
_IN_TURN = (*_FIRST, *(rule for rule in ORDER_RULES if rule not in _FIRST))


# Beyond these sizes nobody wrote it by hand: keeps the time for hostile input bounded.
_LONGEST = 1_000
_MOST = 200


class ItemFinding(NamedTuple):
    """A finding in one item, counted from 0, in offsets of its text; `cuts` are where it should be cut up."""

    item: int
    finding: Finding
    cuts: tuple[Span, ...] = ()


def findings(items: Sequence[object], dialect: Dialect) -> list[ItemFinding]:
    """Return what is wrong with a list, item by item. Never raises.

    An item's text is itself, or on logged models its `field_name`.
    """
    if items and not dialect.exists:
        return [ItemFinding(0, absent(text_of(items[0]), dialect))]
    if not dialect.order_by.reader:
        return []
    found: list[ItemFinding] = []
    for item, verdict in zip(items, judge_items(items, dialect), strict=False):
        if len(found) >= _MOST:
            break
        seen = item_of(item, dialect, verdict)
        for finding in sorted(_of_item(seen), key=lambda each: (each.start, each.end, each.code)):
            cuts = seen.commas if finding.code == many_in_one.RULE.code else ()
            found.append(ItemFinding(verdict.index, finding, cuts))
    return _sound(found, items, dialect)


def mended(items: Sequence[object], found: list[ItemFinding]) -> list[object]:
    """Return the list with the first fix of each finding made."""
    edits: dict[int, list[Edit]] = {}
    for each in found:
        edits.setdefault(each.item, []).extend(each.finding.fixes[0].edits if each.finding.fixes else [])
    return [_edited(item, edits.get(index, [])) for index, item in enumerate(items)]


def _edited(item: object, edits: list[Edit]) -> object:
    if not edits:
        return item
    if isinstance(item, Mapping):
        return {**item, "field_name": apply(edits, str(item["field_name"]))}
    return apply(edits, str(item))


def _sound(found: list[ItemFinding], items: Sequence[object], dialect: Dialect) -> list[ItemFinding]:
    """Leave the fixes of a refused list only if MLflow sorts by what all of them make of it, made at once."""
    is_refused = any(each.finding.severity == "error" for each in found)
    if not is_refused or not any(each.finding.fixes for each in found):
        return found
    if judge_order_by(mended(items, found), dialect).ok:
        return found
    return [each._replace(finding=_without_fixes(each.finding)) for each in found]


def _of_item(item: Item) -> list[Finding]:
    """Return the errors of a refused item, in MLflow's own words where no rule explains it; else warnings."""
    found = list(_explained(item))
    if item.verdict.ok:
        return found
    if not found:
        return [_general(item)]
    edits = [edit for finding in found for fix in finding.fixes for edit in fix.edits]
    if all(finding.fixes for finding in found) and item.runs(item.with_edits(edits)):
        return found
    return [_without_fixes(finding) for finding in found]


def _explained(item: Item) -> Iterator[Finding]:
    if len(item.text) > _LONGEST:
        return
    severity = "warning" if item.verdict.ok else "error"
    taken: list[Span] = []
    for rule in _IN_TURN:
        if rule.severity != severity:
            continue
        for span, message, fix in contained(f"rule {rule.code}", rule.check, item):
            # The first rule that speaks of a place explains it.
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                fixes = [fix] if fix else []
                yield Finding(rule.code, rule.severity, message, span.start, span.end, fixes, rule.url)


def _general(item: Item) -> Finding:
    start, end = item.verdict.span or Span(0, len(item.text))
    message = f"MLflow refuses this: {item.verdict.message}"
    return Finding(general.RULE.code, "error", message, start, end, [], general.RULE.url)


def _without_fixes(finding: Finding) -> Finding:
    return Finding(
        finding.code, finding.severity, finding.message, finding.start, finding.end, [], finding.url
    )
