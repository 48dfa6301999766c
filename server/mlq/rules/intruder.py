"""MLQ116: a word or sign in the middle of a condition."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mlq_grammar.messages import SyntaxKind
from mlq_grammar.spans import Span
from mlq_grammar.tree import Clause

from mlq.findings import Edit, Fix
from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.syntax import faults, without
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    text = meaning.text
    for span in faults(meaning, SyntaxKind.INTRUDER):
        word = span.of(text)
        start = _start_without_joint(meaning, span) if word.upper() == "AND" else None
        if start is None:
            fix = replace(f"Remove {word}", _gap(text, span), "")
            yield Report(span, f"`{word}` stands in the middle of a condition. Remove it.", fix)
        else:
            gone = _gap(text, span)
            moved = Fix(f"Move {word}", [Edit(start, start, f"{word} "), Edit(gone.start, gone.end, "")])
            yield Report(span, f"{word} stands in the middle of a condition. It belongs before it.", moved)


def _start_without_joint(meaning: Meaning, span: Span) -> int | None:
    """Return where the clause round a span starts, if another ends before it with nothing between."""
    for part, following in pairwise(meaning.parse.tree.parts):
        if isinstance(part, Clause) and isinstance(following, Clause) and following.span.overlaps(span):
            return following.span.start
    return None


def _gap(text: str, span: Span) -> Span:
    """Return what is to go: inside a dotted key the white space on both sides too."""
    before, after = text[: span.start].rstrip(), text[span.end :].lstrip()
    if before.endswith(".") or after.startswith("."):
        return Span(len(before), len(text) - len(after))
    return without(text, span)


RULE = Rule(
    code="MLQ116",
    name="intruder",
    severity="error",
    summary="A word or sign stands in the middle of a condition",
    why="""A condition is a key, an operator and a value, with nothing between them. Without the word that
is too much it is whole.""",
    wrong="""\
metrics.auc > , 0.9
              ^""",
    right="metrics.auc > 0.9",
    check=check,
    signs=when(SyntaxKind.INTRUDER),
)
