"""What an item of an `order_by` list may be: a column, a key with its prefix, and the direction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span
from mlq_grammar.verdict import judge_order_by

from mlq.ide.completion.keys import MOST
from mlq.ide.model import Completion, CompletionItem
from mlq.keys.quoting import write_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq_grammar.dialect import Dialect, Family

    from mlq.keys.index import KeyIndex

_KEY = re.compile(r"""\s*((?:`[^`]*`?|"[^"]*"?|[^\s`"])*)""")
_WORD = re.compile(r"(?<=\s)\w*\Z")
_DIRECTIONS = (("DESC", "the greatest first"), ("ASC", "the least first"))


def complete_order_by(
    text: str, offset: int, dialect: Dialect, known: KeyIndex, *, is_dict: bool = False
) -> Completion:
    """Return what may stand at an offset of an item; a dict's `field_name` has no direction behind it."""
    key = _KEY.match(text)
    span = Span(*key.span(1)) if key else Span(0, 0)
    if offset > span.end:
        return Completion(() if is_dict else tuple(_directions(text, offset, span.of(text), dialect)))
    columns = _columns(span, dialect)
    keys = _keys(span, text[span.start : offset], dialect, known)
    found = [
        item
        for item in (*columns, *keys)
        if judge_order_by([{"field_name": item.text} if is_dict else item.text], dialect).ok
    ]
    return Completion(tuple(found), any(len(known.keys(each.type)) > MOST for each in _families(dialect)))


def _columns(span: Span, dialect: Dialect) -> Iterator[CompletionItem]:
    others = dict(dialect.order_by.aliases)
    for name in dialect.order_by.columns:
        if name not in others:
            yield CompletionItem(name, span, name, "attribute", detail="column")


def _keys(span: Span, typed: str, dialect: Dialect, known: KeyIndex) -> Iterator[CompletionItem]:
    for family in _families(dialect):
        prefix = f"{family.prefixes[0]}."
        keys = known.keys(family.type)
        wanted = typed.removeprefix(prefix).lstrip("`")
        for key in keys.values() if len(keys) <= MOST else keys.search(wanted, MOST):
            written = write_key(key.name)
            if written:
                yield CompletionItem(
                    prefix + key.name, span, prefix + written, "key", detail=family.type, rank=1
                )


def _families(dialect: Dialect) -> list[Family]:
    order = dialect.order_by
    if order.is_closed:
        return []
    return [family for family in dialect.families if family.type in order.families and family.prefixes]


def _directions(text: str, offset: int, key: str, dialect: Dialect) -> Iterator[CompletionItem]:
    word = _WORD.search(text[:offset])
    start = word.start() if word else offset
    for rank, (name, meaning) in enumerate(_DIRECTIONS):
        if text[:start].strip() == key and judge_order_by([f"{key} {name}"], dialect).ok:
            yield CompletionItem(name, Span(start, len(text)), name, "keyword", meaning, rank=rank)
