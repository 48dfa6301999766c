"""What a rule is: one frozen value from which findings, pages, hovers and tests are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from mlq_grammar.dialect import Dialect
from mlq_grammar.spans import Span

from mlq.crashes import contained
from mlq.findings import Edit, Finding, Fix, Severity
from mlq.semantics.meaning import Meaning


class Report(NamedTuple):
    """What a rule's check yields: where, what to say, and how to mend it."""

    span: Span
    message: str
    fix: Fix | None = None


Check = Callable[[Meaning], Iterator[Report]]
Signs = Callable[[Dialect], "tuple[str, ...] | None"]


def always(_: Dialect) -> tuple[str, ...]:
    """Have a rule look at every filter."""
    return ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One mistake that people make in filters.

    `wrong` is a filter of `entity` with a line of `^` under the place where the rule reports; `right` is what
    to write instead, and what the fix makes of `wrong` where the rule has one. Both are for `mlflow_version`
    and `sqlparse_version`, where these matter, else for the newest. `signs` are pieces of text, in capitals:
    where none of them stands the rule has nothing to say; None where it never has in a dialect.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    wrong: str
    right: str
    check: Check
    entity: str = "runs"
    mlflow_version: str | None = None
    sqlparse_version: str | None = None
    signs: Signs = always

    @property
    def url(self) -> str:
        """The address of the rule's page, which comes with the package."""
        return page_url(self.code)

    def findings(self, meaning: Meaning) -> Iterator[Finding]:
        """Yield what the rule finds in a filter; where it crashes, what it had found."""
        for span, message, fix in contained(f"rule {self.code}", self.check, meaning):
            fixes = [fix] if fix else []
            yield Finding(self.code, self.severity, message, span.start, span.end, fixes, self.url)


def page_url(code: str) -> str:
    """Return the address of a rule's page, which comes with the package."""
    return (Path(__file__).parent / "pages" / f"{code}.md").as_uri()


def replace(title: str, span: Span, text: str) -> Fix:
    """Return a safe fix that puts a text in the place of a span."""
    return Fix(title, [Edit(span.start, span.end, text)])
