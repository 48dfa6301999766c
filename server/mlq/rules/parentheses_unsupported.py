"""MLQ103: parentheses round conditions."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind
from mlq_grammar.spans import Span
from mlq_grammar.tree import Joint, JointKind, Stray, StrayKind

from mlq.findings import Edit, Fix
from mlq.rules.rule import Report, Rule, when
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    opened: list[tuple[Span, int]] = []
    parts = meaning.parse.tree.parts
    for index, part in enumerate(parts):
        if not isinstance(part, Stray):
            continue
        if part.kind is StrayKind.OPEN_PARENTHESIS:
            opened.append((part.span, index))
        elif part.kind is StrayKind.CLOSE_PARENTHESIS and opened:
            opening, start = opened.pop()
            has_or = any(isinstance(p, Joint) and p.kind is JointKind.OR for p in parts[start:index])
            yield _pair(opening, part.span, has_or=has_or)
        elif part.kind is StrayKind.CLOSE_PARENTHESIS:
            yield _single(part.span)
    for opening, _ in opened:
        yield _single(opening)


def _pair(opening: Span, closing: Span, *, has_or: bool) -> Report:
    message = "MLflow has no parentheses round conditions"
    if has_or:
        return Report(opening, f"{message}, and no OR to group. Search once for each side.")
    return Report(opening, f"{message}; joined by AND they need none.", _without(opening, closing))


def _single(parenthesis: Span) -> Report:
    return Report(
        parenthesis, "This parenthesis has no partner, and MLflow takes none.", _without(parenthesis)
    )


def _without(*parentheses: Span) -> Fix:
    return Fix("Remove the parentheses", [Edit(span.start, span.end, "") for span in parentheses])


RULE = Rule(
    code="MLQ103",
    name="parentheses-unsupported",
    severity="error",
    summary="Conditions stand in parentheses, which MLflow does not have",
    why="""MLflow takes parentheses only round the list of IN. Since conditions can be joined by nothing
but AND, parentheses change nothing and can be left out.""",
    wrong="""\
(metrics.auc > 0.9) AND params.model = 'xgboost'
^""",
    right="metrics.auc > 0.9 AND params.model = 'xgboost'",
    check=check,
    signs=when(SyntaxKind.PARENTHESIS),
)
