"""An `order_by` item cut into what a person meant by it: a key and a direction, and what is too much."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from mlq_grammar.dialect import Dialect
from mlq_grammar.spans import Span
from mlq_grammar.verdict import OrderVerdict, judge_order_by

from mlq.findings import Edit, apply
from mlq.rules.near import near

_LEAD = re.compile(r"\s*(?:(?:ORDER|SORT)\s+BY\s+)?", re.IGNORECASE)
_SURPLUS = re.compile(r"--|/\*|#(?!\w)|^[<>=!]+")
_WORD = re.compile(r"""(?:`[^`]*`|"[^"]*"|'[^']*'|[^\s,;`"']|[`"'])+|[,;]""")
_DIRECTIONS = {
    "ASC": "ASC",
    "DESC": "DESC",
    "ASCENDING": "ASC",
    "DESCENDING": "DESC",
    "ASCEND": "ASC",
    "DESCEND": "DESC",
    "UP": "ASC",
    "DOWN": "DESC",
    "REVERSE": "DESC",
    "INCREASING": "ASC",
    "DECREASING": "DESC",
}
_NULLS = ("NULLS", "FIRST", "LAST")


class Parts(NamedTuple):
    """Where the parts of an item stand: spans of its text, empty ones where a part is missing."""

    lead: Span
    sign: Span
    key: Span
    directions: tuple[Span, ...]
    tail: Span


@dataclass(frozen=True)
class Item:
    """One item of a list. `verdict` is MLflow's on it, behind those that it accepts before it.

    `is_dict` tells that the text is a dict's `field_name`, `is_repeated` that only others make it refused.
    """

    text: str
    dialect: Dialect
    verdict: OrderVerdict
    is_dict: bool = False
    is_repeated: bool = False

    @cached_property
    def parts(self) -> Parts:
        """Where the key and the direction are, if the text is what an item should be."""
        return _parts(self)

    @cached_property
    def commas(self) -> tuple[Span, ...]:
        """The commas between keys, with the white space round them."""
        found = [Span(*word.span()) for word in _WORD.finditer(self.text) if word.group() == ","]
        inner = [span for span in found if self.parts.key.start < span.start < self.parts.tail.start]
        return tuple(_with_space(span, self.text) for span in inner)

    @property
    def key(self) -> str:
        """The key as written."""
        return self.parts.key.of(self.text)

    def runs(self, text: str) -> bool:
        """Whether MLflow sorts by another text in the place of the item."""
        item: object = {"field_name": text} if self.is_dict else text
        return judge_order_by([item], self.dialect).ok

    @cached_property
    def key_runs(self) -> bool:
        """Whether nothing is wrong with the key, as far as it has a direction or has none."""
        has_direction = self.parts.directions or self.parts.sign.of(self.text)
        return self.runs(f"{self.key} DESC" if has_direction and not self.is_dict else self.key)

    def runs_with_key(self, key: str) -> bool:
        """Whether MLflow sorts by another key, in the direction that the item means."""
        return self.runs(key) or (not self.is_dict and self.runs(f"{key} DESC"))

    def with_edits(self, edits: list[Edit]) -> str:
        """Return the text with the edits made."""
        return apply(edits, self.text)


def item_of(item: object, dialect: Dialect, verdict: OrderVerdict) -> Item:
    """Return what the rules see of an item; a thing that MLflow takes no text from has an empty one."""
    is_dict = isinstance(item, Mapping)
    text = item.get("field_name") if isinstance(item, Mapping) else item
    is_repeated = not verdict.ok and judge_order_by([item], dialect).ok
    return Item(text if isinstance(text, str) else "", dialect, verdict, is_dict, is_repeated)


def meant_direction(word: str) -> str | None:
    """Return ASC or DESC for a word that was meant so; None for any other."""
    bare = word.strip("`\"'").upper()
    if bare in _DIRECTIONS:
        return _DIRECTIONS[bare]
    meant = near(bare, _DIRECTIONS) if len(bare) > 2 else None
    return _DIRECTIONS[meant] if meant else None


def is_nulls(word: str) -> bool:
    """Whether the word is one of `NULLS FIRST`, `NULLS LAST`."""
    return word.upper() in _NULLS


def _parts(item: Item) -> Parts:
    text = item.text
    start = _LEAD.match(text)
    lead = Span(0, start.end() if start else 0)
    surplus = _surplus_start(text, lead.end)
    words = [Span(*word.span()) for word in _WORD.finditer(text, lead.end, surplus)]
    while words and words[-1].of(text) in (",", ";"):
        words.pop()
    tail = Span(words[-1].end if words else lead.end, len(text))
    sign = Span(lead.end, lead.end + (text[lead.end : lead.end + 1] in ("-", "+")))
    if words and sign.start < sign.end:
        words[0] = Span(sign.end, words[0].end)
    count = _count_of_directions([word.of(text) for word in words], item)
    keys, directions = words[: len(words) - count], tuple(words[len(words) - count :])
    key = keys[0].joined(keys[-1]) if keys else Span(sign.end, sign.end)
    return Parts(lead, sign, key, directions, tail)


def _surplus_start(text: str, start: int) -> int:
    """Return where a comment or a comparison begins outside of quotes; else the end of the text."""
    for word in _WORD.finditer(text, start):
        found = _SURPLUS.search(word.group())
        if found and not set("`\"'") & set(word.group()[: found.start()]):
            return word.start() + found.start()
    return len(text)


def _count_of_directions(words: list[str], item: Item) -> int:
    """Return how many words at the end are directions, or stand behind a key where one should."""
    count = 0
    while count < len(words) - 1 and (meant_direction(words[-1 - count]) or is_nulls(words[-1 - count])):
        count += 1
    return 1 if len(words) == 2 and not count and item.runs_with_key(words[0]) else count


def _with_space(span: Span, text: str) -> Span:
    before, behind = text[: span.start], text[span.end :]
    return Span(len(before.rstrip()), span.end + len(behind) - len(behind.lstrip()))
