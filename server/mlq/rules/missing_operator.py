"""MLQ104: a key and a value with nothing between them, or a lone word."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind
from mlq_grammar.tree import Atom, AtomKind, Clause, Operand

from mlq.findings import Fix
from mlq.keys.quoting import write_value
from mlq.rules.rule import Report, Rule, replace, when
from mlq.semantics.meaning import Meaning, Subject, subject

_VALUES = frozenset({AtomKind.NUMBER, AtomKind.STRING, AtomKind.SYMBOL})


def check(meaning: Meaning) -> Iterator[Report]:
    errors = {error.span for error in meaning.parse.errors if error.kind is SyntaxKind.MISSING_OPERATOR}
    for clause in meaning.parse.tree.clauses:
        if clause.span in errors and clause.left:
            yield _report(clause, clause.left, meaning)


def _report(clause: Clause, left: Operand, meaning: Meaning) -> Report:
    *key_atoms, value = left.atoms
    if not key_atoms or value.kind not in _VALUES:
        return Report(
            clause.span, f"`{left.text}` is no condition: a condition is a key, an operator and a value."
        )
    end = key_atoms[-1].span.end
    key = Operand(left.span._replace(end=end), tuple(key_atoms), left.text[: end - left.span.start])
    written = _value(value, subject(key, meaning.dialect))
    message = f"There is no operator between `{key.text}` and `{value.text}`."
    if written is None:
        return Report(clause.span, message)
    return Report(clause.span, f"{message} Write `{key.text} = {written}`.", _fix(clause, key, written))


def _value(value: Atom, key: Subject) -> str | None:
    """Return the value as this key takes it."""
    if key.key and key.key.value == "text" and value.kind is AtomKind.NUMBER:
        return write_value(value.text)
    return value.text


def _fix(clause: Clause, key: Operand, written: str) -> Fix:
    fix = replace("Insert =", clause.span, f"{key.text} = {written}")
    return Fix(fix.title, fix.edits, safe=False)


RULE = Rule(
    code="MLQ104",
    name="missing-operator",
    severity="error",
    summary="A condition has no operator",
    why="""A condition is a key, an operator and a value: `params.learning_rate = '0.001'`. The fix
takes `=` for meant.""",
    wrong="""\
params.learning_rate 0.001
^^^^^^^^^^^^^^^^^^^^^^^^^^""",
    right="params.learning_rate = '0.001'",
    check=check,
    signs=when(SyntaxKind.MISSING_OPERATOR),
)
