"""MLQ525: a backslash in a list's string, which MLflow takes for an escape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlq_grammar.tree import Atom

from mlq.findings import Edit, Fix
from mlq.rules.rule import Report, Rule
from mlq.semantics.meaning import Meaning, conditions_with

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_MEANS_ANOTHER = frozenset("abfnrtvxuUN01234567\n")


def check(meaning: Meaning) -> Iterator[Report]:
    for _, _, _, value in conditions_with(meaning, "list"):
        for item in value.items:
            found = [each.group() for each in _ESCAPE.finditer(item.text) if each[1] in _MEANS_ANOTHER]
            if found:
                message = (
                    f"In a list MLflow reads {found[0]} as Python does, as an escape. Double the backslash."
                )
                yield Report(item.span, message, _fix(item))


def _fix(item: Atom) -> Fix:
    """Double what is read as an escape, and leave what escapes a quote."""
    written = _ESCAPE.sub(lambda each: "\\" * (each[1] in _MEANS_ANOTHER) + each[0], item.text)
    return Fix("Double the backslash", [Edit(*item.span, written)], safe=False)


RULE = Rule(
    code="MLQ525",
    name="escape-in-list",
    severity="warning",
    summary="A backslash in a list begins an escape",
    why="""In the strings of a list MLflow undoes Python's escapes, such as `\\n` for a line end; in all
other strings it undoes none. A backslash that is meant stands doubled in a list.""",
    wrong="""\
dataset.name IN ('data\\new')
                 ^^^^^^^^^^""",
    right="dataset.name IN ('data\\\\new')",
    check=check,
    signs=lambda dialect: None if dialect.syntax.lists == "tokens" else ("\\",),
    may_be_plain=False,
)
