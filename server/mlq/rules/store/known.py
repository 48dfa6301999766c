"""A condition of a filter beside what a store has under its key; silent where not all was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mlq_grammar.dialect import Family
from mlq_grammar.verdict import judge

from mlq.findings import Edit, Fix, apply
from mlq.keys.index import KeyIndex
from mlq.keys.table import KeyInfo
from mlq.semantics.meaning import Condition, Meaning, Subject


@dataclass(frozen=True, slots=True)
class Known:
    """A condition on a key of people's own, such as a metric, and the keys that the store has."""

    meaning: Meaning
    condition: Condition
    subject: Subject
    family: Family
    index: KeyIndex

    @property
    def info(self) -> KeyInfo | None:
        """What the store knows of the key; None where nothing has it."""
        return self.index.keys(self.family.type).get(self.subject.name)

    @property
    def others(self) -> Iterator[Family]:
        """The other kinds of keys that have a key of this name."""
        for family in self.meaning.dialect.families:
            is_open = family is not self.family and family.keys is None and bool(family.prefixes)
            if is_open and self.subject.name in self.index.keys(family.type):
                yield family

    @property
    def looked_at(self) -> str:
        """What was looked at: `36 runs`."""
        noun = self.meaning.plural if self.index.seen != 1 else self.meaning.plural.removesuffix("s")
        return f"{self.index.seen} {noun}"

    def fix(self, title: str, edit: Edit) -> Fix | None:
        """Return an edit as a fix, which the person should look at; None where MLflow would refuse it."""
        text = apply([edit], self.meaning.text)
        return Fix(title, [edit], safe=False) if judge(text, self.meaning.dialect).ok else None


def known_conditions(meaning: Meaning, index: KeyIndex) -> Iterator[Known]:
    """Yield the conditions of which the store can tell something for sure."""
    for condition in meaning.conditions:
        subject = condition.subject
        family = subject.family if subject else None
        if subject is None or family is None or subject.is_expression or not condition.operator_fits:
            continue
        if family.keys is None and index.is_listed(family.type):
            yield Known(meaning, condition, subject, family, index)
