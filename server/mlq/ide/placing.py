"""From a filter to its file: edits, completion items and hovers, mapped to where the filter stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mlq_grammar.spans import Span

from mlq.findings import Edit, Fix
from mlq.hosts.region import FilterRegion
from mlq.ide.model import CompletionItem, Diagnostic, Hover
from mlq.rules.page import ALL_RULES

_RULES = {rule.code: rule for rule in ALL_RULES}
_LITERAL = re.compile(r"""'([^'"\\]*)'|"([^'"\\]*)\"""")


def fix_in_file(fix: Fix, region: FilterRegion) -> Fix | None:
    """Map a fix; None where the file's literals cannot hold it."""
    around = _around(fix, region)
    placed: list[Edit] = []
    for edit in fix.edits:
        text = around or _fitting(edit.text, region.quote_at(edit))
        edits = region.edits(replace(edit, text=text))
        if edits is None:
            return None
        placed += edits
    return replace(fix, edits=placed)


def _around(fix: Fix, region: FilterRegion) -> str:
    """Return the quote to put around a hole, where that is the fix: one that the literal does not use."""
    texts = {edit.text for edit in fix.edits}
    if len(fix.edits) < 2 or texts != {region.quote[-1:]} or not texts <= {"'", '"'}:
        return ""
    return "'" if texts == {'"'} else '"'


def items_in_file(
    items: Iterable[CompletionItem], region: FilterRegion, cursor: int
) -> Iterator[CompletionItem]:
    """Map items of a filter; those whose text the file's literal cannot hold are left out."""
    outers: dict[Span, Span] = {}
    for item in items:
        if item.span not in outers:
            is_empty = item.span.start == item.span.end
            outers[item.span] = Span(cursor, cursor) if is_empty else region.map.to_outer(item.span)
        edit = region.insertion(_fitting(item.text, region.quote), outers[item.span])
        if edit:
            yield replace(item, span=outers[item.span], text=edit.text)


def _fitting(text: str, opening: str) -> str:
    """Write the strings of a text in the quotes that the file's literal does not use, as a person would."""
    quote = opening[-1:]
    if not quote or quote not in text:
        return text
    other = "'" if quote == '"' else '"'
    return _LITERAL.sub(lambda match: f"{other}{match[1] or match[2] or ''}{other}", text)


def hover_in_file(
    hover: Hover | None, region: FilterRegion, findings: Iterable[Diagnostic], offset: int
) -> Hover | None:
    """Map a hover, and add to it why the findings at the offset are ones."""
    found = [each.finding for each in findings if each.finding.start <= offset <= each.finding.end]
    reasons = [_reason(code) for code in dict.fromkeys(finding.code for finding in found)]
    if hover:
        return Hover(region.map.to_outer(hover.span), "\n\n---\n\n".join([hover.markdown, *reasons]))
    if not found:
        return None
    return Hover(Span(found[0].start, found[0].end), "\n\n---\n\n".join(reasons))


def _reason(code: str) -> str:
    rule = _RULES[code]
    return f"**{code}** {rule.name}\n\n{rule.why}"
