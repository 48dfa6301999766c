"""A rule of `.mlq` files: the prose for a kind of problem that `mlq_grammar.queryfile` finds."""

from __future__ import annotations

from dataclasses import dataclass

from mlq_grammar.queryfile_tree import ProblemKind

from mlq.findings import Severity
from mlq.rules.base import page_url


@dataclass(frozen=True, slots=True)
class QueryRule:
    """One mistake in a query file. `wrong` is a file with a line of `^` under the place of the problem."""

    code: str
    kind: ProblemKind
    severity: Severity
    summary: str
    why: str
    wrong: str
    right: str

    @property
    def name(self) -> str:
        """The name, apart from those of the rules for filters."""
        return f"query-{self.kind}"

    @property
    def url(self) -> str:
        """The address of the rule's page, which comes with the package."""
        return page_url(self.code)
