"""MLQ101: OR between conditions."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind
from mlq_grammar.spans import Span
from mlq_grammar.tree import Clause, Joint, JointKind, Part

from mlq.findings import Fix
from mlq.keys.quoting import write_value
from mlq.rules.rule import Report, Rule, replace, when
from mlq.semantics.meaning import Condition, Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    by_place = {condition.clause.span: condition for condition in meaning.conditions}
    for alternatives, joint in _chains(meaning.parse.tree.parts):
        found = [by_place[clause.span] for clause in alternatives if clause.span in by_place]
        fix = _as_list(meaning, alternatives, found)
        if fix:
            yield Report(joint, "MLflow has no OR. Several values of one key go into a list: use IN.", fix)
        else:
            yield Report(
                joint, "MLflow has no OR, only AND. Search once for each side, and join the results."
            )


def _chains(parts: tuple[Part, ...]) -> Iterator[tuple[list[Clause], Span]]:
    """Yield the clauses that ORs join without a break, and the first of these ORs."""
    alternatives: list[Clause] = []
    first: Span | None = None
    is_joined = False
    for part in parts:
        if isinstance(part, Joint) and part.kind is JointKind.OR:
            first, is_joined = first or part.span, True
            continue
        if not is_joined:
            if first:
                yield alternatives, first
            alternatives, first = [], None
        is_joined = False
        if isinstance(part, Clause):
            alternatives.append(part)
    if first:
        yield alternatives, first


def _as_list(meaning: Meaning, alternatives: list[Clause], found: list[Condition]) -> Fix | None:
    """Write `a = 'x' OR a = 'y'` as `a IN ('x', 'y')` where the key takes a list."""
    subject = found[0].subject if len(found) > 1 else None
    if not subject or not subject.key or "IN" not in subject.key.comparators:
        return None
    values = [_equal_text(condition, subject.label) for condition in found]
    if None in values or len(found) != len(alternatives):
        return None
    span = Span(alternatives[0].span.start, alternatives[-1].span.end)
    key = subject.span.of(meaning.text)
    return replace("Use IN", span, f"{key} IN ({', '.join(value for value in values if value)})")


def _equal_text(condition: Condition, label: str) -> str | None:
    same = condition.subject and condition.subject.label == label
    equals = condition.operator and condition.operator.name == "="
    value = condition.value
    return write_value(value.content) if same and equals and value and value.kind == "text" else None


RULE = Rule(
    code="MLQ101",
    name="or-unsupported",
    severity="error",
    summary="Conditions are joined by OR, which MLflow does not have",
    why="""MLflow joins conditions by AND alone. Several values of one key can be asked for with IN
where the key takes a list (`run_id`, `dataset.name`, `dataset.digest`, `dataset.context`). Anything
else needs one search for each side: run both, put the results together and drop the runs that are in
both.""",
    wrong="""\
run_id = 'a1' OR run_id = 'b2'
              ^^""",
    right="run_id IN ('a1', 'b2')",
    check=check,
    signs=when(SyntaxKind.OR),
)
