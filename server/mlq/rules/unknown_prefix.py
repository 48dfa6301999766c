"""MLQ301: a prefix that MLflow does not know."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.near import near
from mlq.rules.reversed_comparison import has_literal_left
from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.writing import listed
from mlq.semantics.meaning import Meaning
from mlq.semantics.traits import Trait


def check(meaning: Meaning) -> Iterator[Report]:
    known = [prefix for family in meaning.dialect.families for prefix in family.prefixes]
    for condition in meaning.conditions:
        subject = condition.subject
        if not subject or not subject.prefix or subject.family or subject.is_expression:
            continue
        if has_literal_left(condition) or not condition.operator:
            continue
        meant = near(subject.prefix, known)
        message = f"`{subject.prefix}` is no prefix of MLflow's."
        if meant and subject.name and not any(character.isspace() for character in subject.prefix.strip()):
            fix = replace(f"Use {meant}", subject.prefix_span, meant)
            yield Report(subject.prefix_span, f"{message} Did you mean {meant}?", fix)
        else:
            yield Report(subject.prefix_span, f"{message} {_known(meaning)}")


def _known(meaning: Meaning) -> str:
    if not meaning.prefixes:
        return f"{meaning.noun.capitalize()} is searched by its attributes alone."
    return f"A key begins with {listed([f'{prefix}.' for prefix in meaning.prefixes])}, or is an attribute."


RULE = Rule(
    code="MLQ301",
    name="unknown-prefix",
    severity="error",
    summary="A key has a prefix that MLflow does not know",
    why="""What stands before the first dot says what kind of key follows: `metrics`, `params`, `tags`,
`attributes` or `dataset`, or one of their short forms, always in lower case. A metric or param whose
own name has a dot needs its prefix all the same: `metrics.val.auc`.""",
    wrong="""\
Metrics.auc > 0.9
^^^^^^^""",
    right="metrics.auc > 0.9",
    check=check,
    signs=when(Trait.UNKNOWN),
)
