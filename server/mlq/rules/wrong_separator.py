"""MLQ110: conditions joined by a comma or an ampersand."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind
from mlq_grammar.spans import Span
from mlq_grammar.tree import Clause

from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.syntax import faults, without
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    separators = set(faults(meaning, SyntaxKind.SEPARATOR))
    parts = meaning.parse.tree.parts
    for before, part, after in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        if part.span in separators:
            word, text = part.span.of(meaning.text), meaning.text
            message = f"MLflow joins conditions by AND, not by {word}"
            if isinstance(before, Clause) and isinstance(after, Clause):
                yield Report(
                    part.span, message, replace("Use AND", part.span, _spaced("AND", part.span, text))
                )
            else:
                yield Report(part.span, message, replace(f"Remove {word}", without(text, part.span), ""))


def _spaced(word: str, span: Span, text: str) -> str:
    before = "" if text[: span.start][-1:].isspace() else " "
    after = "" if text[span.end :][:1].isspace() else " "
    return f"{before}{word}{after}"


RULE = Rule(
    code="MLQ110",
    name="wrong-separator",
    severity="error",
    summary="Conditions are joined by something else than AND",
    why="""AND, in any case, is the only word that joins conditions; `&&`, `&` and a comma are refused.""",
    wrong="""\
metrics.auc > 0.9 && params.model = 'xgboost'
                  ^^""",
    right="metrics.auc > 0.9 AND params.model = 'xgboost'",
    check=check,
    signs=when(SyntaxKind.SEPARATOR),
)
