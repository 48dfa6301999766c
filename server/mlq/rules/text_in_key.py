"""MLQ513: text beside a key that MLflow takes into the key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlq_grammar.spans import Span
from mlq_grammar.tree import Stray, StrayKind

from mlq.findings import Fix
from mlq.keys.quoting import write_key
from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning, Subject

# What no key has that was logged as a metric or a param, and what is hardly meant in any other.
_ODD = re.compile(r"\s|::|->|[\[\](*`´\"']")
_ORDER = re.compile(r"(?:\s+(?:ASC|DESC)(?:\s+NULLS\s+(?:FIRST|LAST))?)+$", re.IGNORECASE)
_ALIAS = re.compile(r"\s+AS\s+\S+$", re.IGNORECASE)
_CAST = re.compile(r"\s*::\s*\w+$")


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        subject = condition.subject
        if not subject or subject.quote or subject.name.replace("_", "").replace(".", "").isalnum():
            continue
        key = subject.key if condition.operator_fits else None
        if key and not key.is_prefix and _ODD.search(subject.name):
            yield _report(subject, meaning)
    for part in meaning.parse.tree.parts:
        if isinstance(part, Stray) and part.kind is StrayKind.COMMENT:
            fix = replace("Remove the comment", part.span, " ")
            yield Report(part.span, "MLflow has no comments: it takes this for a part of the key.", fix)


def _report(subject: Subject, meaning: Meaning) -> Report:
    name, span = subject.name, subject.name_span
    if name != name.lstrip():
        fix = (
            replace("Remove the white space", span, name.lstrip()) if not _ODD.search(name.strip()) else None
        )
        return Report(span, "MLflow takes the white space behind the dot for a part of the key.", fix)
    for said, pattern in (
        ("a condition has no order", _ORDER),
        ("a condition has no alias", _ALIAS),
        ("MLflow has no casts", _CAST),
    ):
        found = pattern.search(name)
        if found and found.start():
            place = Span(span.start + found.start(), span.end)
            message = f"MLflow looks for a key that is named `{name}`: {said}."
            return Report(span, message, replace(f"Remove {found.group().strip()}", place, ""))
    return Report(span, f"MLflow looks for a key that is named `{name}`.", _quoted(subject, meaning))


def _quoted(subject: Subject, meaning: Meaning) -> Fix | None:
    """Quote a key that has spaces in it: nothing is certain of other signs."""
    written = write_key(subject.name)
    is_plain = subject.name.replace(" ", "").isidentifier()
    if not written or not is_plain or "backticks" not in meaning.dialect.syntax.strips:
        return None
    return replace("Quote the key", subject.name_span, written)


RULE = Rule(
    code="MLQ513",
    name="text-in-key",
    severity="warning",
    summary="Text beside a key becomes a part of the key",
    why="""MLflow takes for the key whatever its parser puts together before the operator: white space
behind the dot, a sort order, an alias, a cast, an index, and a word before `IS NULL`. It then looks for a
key of this name, and finds nothing. A key that really has a space stands in backticks.""",
    wrong="""\
metrics.auc DESC > 0.9
        ^^^^^^^^""",
    right="metrics.auc > 0.9",
    check=check,
    may_be_plain=False,
)
