"""What a rule is: one frozen value from which findings, pages, hovers and tests are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mlq_grammar.dialect import Dialect
from mlq_grammar.messages import SyntaxKind
from mlq_grammar.spans import Span

from mlq.crashes import contained
from mlq.findings import Edit, Finding, Fix
from mlq.rules.base import BaseRule
from mlq.semantics.meaning import Meaning
from mlq.semantics.traits import Trait


class Report(NamedTuple):
    """What a rule's check yields: where, what to say, and how to mend it."""

    span: Span
    message: str
    fix: Fix | None = None


Check = Callable[[Meaning], Iterator[Report]]
Signs = Callable[[Dialect], "tuple[str | SyntaxKind | Trait, ...] | None"]


def always(_: Dialect) -> tuple[str, ...]:
    """Have a rule look at every filter."""
    return ()


def never(_: Dialect) -> None:
    """Have a rule look at no filter: `engine.py` reports by it."""


def when(*signs: str | SyntaxKind | Trait) -> Signs:
    """Have a rule look at filters with one of these signs, in any dialect."""
    return lambda _: signs


@dataclass(frozen=True, slots=True)
class Rule(BaseRule):
    """One mistake that people make in filters.

    `wrong` is a filter of `entity` with a line of `^` under the place where the rule reports; `right` is what
    to write instead, and what the fix makes of `wrong` where the rule has one. Both are for `mlflow_version`
    and `sqlparse_version`, where these matter, else for the newest. `signs` are pieces of text in capitals,
    syntax errors and traits: without any of them the rule has nothing to say; None where it never has in a
    dialect. `may_be_plain` is false where it says nothing of plain filters (`mlq_grammar.plain`), `compares`
    true where it looks at several conditions on one key; any other rule looks at each condition alone.
    """

    check: Check
    entity: str = "runs"
    mlflow_version: str | None = None
    sqlparse_version: str | None = None
    signs: Signs = always
    may_be_plain: bool = True
    compares: bool = False

    def findings(self, meaning: Meaning) -> Iterator[Finding]:
        """Yield what the rule finds in a filter; where it crashes, what it had found."""
        for span, message, fix in contained(f"rule {self.code}", self.check, meaning):
            fixes = [fix] if fix else []
            yield Finding(self.code, self.severity, message, span.start, span.end, fixes, self.url)


def replace(title: str, span: Span, text: str) -> Fix:
    """Return a safe fix that puts a text in the place of a span."""
    return Fix(title, [Edit(span.start, span.end, text)])
