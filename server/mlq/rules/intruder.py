"""MLQ116: a word or sign in the middle of a condition."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind
from mlq_grammar.spans import Span

from mlq.rules.rule import Report, Rule, replace
from mlq.rules.syntax import faults, without
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for span in faults(meaning, SyntaxKind.INTRUDER):
        word = span.of(meaning.text)
        fix = replace(f"Remove {word}", _gap(meaning.text, span), "")
        yield Report(span, f"`{word}` stands in the middle of a condition. Remove it.", fix)


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
)
