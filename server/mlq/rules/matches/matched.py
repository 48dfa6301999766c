"""A filter beside what a store said of it: how many match and, where none does, of what each clause is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mlq_grammar.dialect import Dialect
from mlq_grammar.spans import Span

from mlq.findings import Edit, apply
from mlq.keys.index import KeyIndex
from mlq.keys.matches import Count, Counts, Question
from mlq.keys.quoting import write_value
from mlq.keys.table import KeyInfo
from mlq.rules.near import nearest
from mlq.semantics.meaning import Meaning, resolve
from mlq.semantics.questions import Part, parts, question


@dataclass(frozen=True, slots=True)
class Matched:
    """A filter, the keys of the store, and what it said of it so far."""

    meaning: Meaning
    everything: Question
    whole: Question
    index: KeyIndex
    counts: Counts
    parts: tuple[Part, ...] = ()

    @property
    def span(self) -> Span:
        """The span of all that is not blank."""
        text = self.meaning.text
        start = len(text) - len(text.lstrip())
        return Span(start, max(start, len(text.rstrip())))

    @property
    def deleted(self) -> Question:
        """The question how many deleted ones match."""
        return replace(self.whole, view="deleted")

    @property
    def is_empty(self) -> bool:
        """Whether surely none of some matches."""
        everything = self.counts.get(self.everything)
        return _is_none(self.counts.get(self.whole)) and everything is not None and everything.number > 0

    @property
    def empty_parts(self) -> tuple[Part, ...]:
        """The clauses that none matches."""
        return tuple(part for part in self.parts if _is_none(self.counts.get(part.alone)))

    def wanted(self) -> Iterator[Question]:
        """Yield what is worth to be asked and not known; of a filter that finds nothing, more and more."""
        yield from self._unknown(self.everything, self.whole)
        if self.is_empty:
            yield from self._unknown(self.deleted, *(part.alone for part in self.parts))
        if any(part.alone not in self.counts for part in self.parts):
            return
        if not self.empty_parts:
            yield from self._unknown(*(part.others for part in self.parts if part.others))
        meant = (self.meant(part) for part in self.empty_parts)
        yield from self._unknown(*(each[1] for each in meant if each))

    def _unknown(self, *questions: Question) -> Iterator[Question]:
        return (each for each in dict.fromkeys(questions) if each not in self.counts)

    def info(self, part: Part) -> KeyInfo | None:
        """Return what is known of the key of a clause."""
        subject = part.condition.subject
        family = subject.family if subject and not subject.is_expression else None
        return self.index.keys(family.type).get(subject.name) if subject and family else None

    def meant(self, part: Part) -> tuple[Edit, Question, str] | None:
        """Return the value that a text most likely was meant to be, as an edit and as a question."""
        value, info, operator = part.condition.value, self.info(part), part.condition.operator
        if not value or not info or not operator or operator.name != "=":
            return None
        found = (
            nearest(value.content, [each for each in info.values if each != value.content])
            if value.kind == "text" and value.is_whole
            else None
        )
        written = write_value(found) if found is not None else None
        if found is None or written is None:
            return None
        start = part.condition.clause.span.start
        text = apply([Edit(value.span.start - start, value.span.end - start, written)], part.alone.filter)
        made = question(text, self.meaning.dialect)
        return (Edit(*value.span, written), made, found) if made else None


def matched(text: str, dialect: Dialect, index: KeyIndex, counts: Counts) -> Matched | None:
    """Return a filter beside what is known of it; None where nothing can be asked of it.

    The clauses of a filter that finds something are not looked at.
    """
    whole, everything = question(text, dialect), question("", dialect)
    if whole is None or everything is None:
        return None
    found = Matched(resolve(text, dialect), everything, whole, index, counts)
    return replace(found, parts=parts(found.meaning, whole)) if found.is_empty else found


def _is_none(count: Count | None) -> bool:
    return count is not None and count.is_exact and count.number == 0
