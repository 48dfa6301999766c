"""`--add-ignores`: comments into a file that suppress all that is found in it now."""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from mlq.cli.checked import Checked, UncheckableError
from mlq.cli.rewrite import rewrite
from mlq.findings import apply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mlq.cli.files import Source
    from mlq.cli.tally import Tally
    from mlq.findings import Edit, Severity

    Check = Callable[[Source], Checked]

MOST_ROUNDS = 10
"""How often comments are cleared of what suppresses nothing; each round leaves less of it."""


def add_ignores(source: Source, check: Check, tally: Tally) -> Checked:
    """Suppress what is found in a file, and return what there is to complain about then."""
    from mlq.ide.ignoring import beside
    from mlq.ide.model import Document

    before = check(source)
    cleared, found = _cleared(source, before, check)
    document = Document(cleared.text, cleared.language, cleared.path, filter_keys=cleared.filter_keys)
    edits = beside(document, [each.finding for each in found.diagnostics])
    after = replace(cleared, text=apply(edits, cleared.text))
    if after.text == source.text:
        return before
    if not _means_the_same(source, after):
        raise UncheckableError("comments would change what it does, so none was added; please report it")
    rewrite(source, after)
    left = check(after)
    tally.mend(_severities(before) - _severities(left))
    return left


def _cleared(source: Source, found: Checked, check: Check) -> tuple[Source, Checked]:
    """Take out of the comments what suppresses nothing: there is no other way to be silent on it."""
    for _ in range(MOST_ROUNDS):
        edits = list(_apart(edit for edits in _of_comments(found) for edit in edits))
        if not edits:
            break
        source = replace(source, text=apply(edits, source.text))
        found = check(source)
    return source, found


def _of_comments(found: Checked) -> Iterator[list[Edit]]:
    from mlq.rules.comments import COMMENT_RULES

    codes = {rule.code for rule in COMMENT_RULES}
    for diagnostic in found.diagnostics:
        if diagnostic.finding.code in codes and diagnostic.finding.fixes:
            yield diagnostic.finding.fixes[0].edits


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits that do not touch one before; the next round makes the others."""
    end = -1
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start > end:
            end = edit.end
            yield edit


def _means_the_same(before: Source, after: Source) -> bool:
    """Whether two texts are the same Python; every other text has comments wherever its reader saw them."""
    if before.language != "python":
        return True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            was = ast.dump(ast.parse(before.text))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return True
        try:
            return was == ast.dump(ast.parse(after.text))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False


def _severities(checked: Checked) -> Counter[Severity]:
    return Counter(diagnostic.finding.severity for diagnostic in checked.diagnostics)
