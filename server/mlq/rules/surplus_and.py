"""MLQ504: an AND that joins nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlq_grammar.spans import Span
from mlq_grammar.tree import Clause, Joint, JointKind, Part

from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    parts = meaning.parse.tree.parts
    if not parts or "AND" not in meaning.dialect.syntax.separators:
        return
    if len(parts) % 2 and {*map(type, parts[::2])} == {Clause}:
        return  # each AND has a condition on both sides
    others = [index for index, part in enumerate(parts) if not _is_and(part)]
    if not others:
        message = f"There is no condition: MLflow finds all {meaning.plural}."
        yield Report(Span(parts[0].span.start, parts[-1].span.end), message)
        return
    for index, part in enumerate(parts):
        message = _message(parts, index, others[0], others[-1]) if _is_and(part) else ""
        if message:
            start = part.span.start if index < others[0] else parts[index - 1].span.end
            end = parts[index + 1].span.start if index < others[0] else part.span.end
            yield Report(part.span, message, replace("Remove this AND", Span(start, end), ""))


def _message(parts: Sequence[Part], index: int, first: int, last: int) -> str:
    """Return what to say of an AND; nothing where it joins conditions, or something that is refused."""
    if index < first and isinstance(parts[first], Clause):
        return "No condition stands before this AND, and MLflow ignores it."
    if index > last and isinstance(parts[last], Clause):
        return "No condition follows this AND, and MLflow ignores it."
    is_doubled = first < index < last and _is_and(parts[index - 1])
    return "One AND is enough: MLflow ignores this one." if is_doubled else ""


def _is_and(part: Part) -> bool:
    return isinstance(part, Joint) and part.kind is JointKind.AND


RULE = Rule(
    code="MLQ504",
    name="surplus-and",
    severity="information",
    summary="An AND joins nothing",
    why="""MLflow ignores an AND at the start, at the end or beside another one. Often a condition was
meant to stand there; a filter of nothing but AND finds everything.""",
    wrong="""\
metrics.auc > 0.9 AND
                  ^^^""",
    right="metrics.auc > 0.9",
    check=check,
    may_be_plain=False,
)
