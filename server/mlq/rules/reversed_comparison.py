"""MLQ112: the value before the key."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.tree import AtomKind

from mlq.rules.chained_comparison import FLIPPED
from mlq.rules.rule import Report, Rule, replace, when
from mlq.semantics.meaning import Condition, Meaning
from mlq.semantics.traits import Trait

_LITERALS = frozenset({AtomKind.NUMBER, AtomKind.STRING})


def has_literal_left(condition: Condition) -> bool:
    """Whether a number or a string stands where the key belongs."""
    left = condition.clause.left
    return bool(left and len(left.atoms) == 1 and left.atoms[0].kind in _LITERALS)


def is_reversed(condition: Condition) -> bool:
    """Whether the value stands where the key belongs, and the key where the value belongs."""
    has_key = condition.value and condition.value.kind in {"key", "word"}
    return bool(has_key) and has_literal_left(condition)


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        clause, operator, value = condition.clause, condition.operator, condition.value
        if (
            not is_reversed(condition)
            or len(clause.comparisons) > 1
            or not (clause.left and operator and value)
        ):
            continue
        flipped = FLIPPED.get(operator.name)
        message = f"The key comes first: write `{value.text}`, the operator, then {clause.left.text}."
        if flipped:
            turned = f"{value.text} {flipped} {clause.left.text}"
            yield Report(clause.span, message, replace("Put the key first", clause.span, turned))
        else:
            yield Report(clause.span, message)


RULE = Rule(
    code="MLQ112",
    name="reversed-comparison",
    severity="error",
    summary="The value stands before the key",
    why="""MLflow reads the left side as a key and the right side as a value, never the other way round.""",
    wrong="""\
0.9 < metrics.auc
^^^^^^^^^^^^^^^^^""",
    right="metrics.auc > 0.9",
    check=check,
    signs=when(Trait.UNKNOWN),
)
