"""MLQ303: a key of a dataset that MLflow does not know."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Family

from mlq.rules.near import near
from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.writing import listed
from mlq.semantics.meaning import Meaning
from mlq.semantics.traits import Trait


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        subject = condition.subject
        if (
            not subject
            or not subject.family
            or subject.key
            or subject.family.is_bare
            or not condition.operator
        ):
            continue
        names = [key.name + ("<name>" if key.is_prefix else "") for key in subject.family.keys or ()]
        if names:
            meant = near(subject.name, [name for name in names if "<" not in name])
            message = f"`{subject.name}` is no key of {_what(subject.family)}: {_there_are(names)}."
            fix = replace(f"Use {meant}", subject.name_span, meant) if meant else None
            yield Report(subject.name_span, message, fix)


def _what(family: Family) -> str:
    return f"an {family.type}" if family.type[0] in "aeiou" else f"a {family.type}"


def _there_are(names: list[str]) -> str:
    return f"there {'is only' if len(names) == 1 else 'are'} {listed(names)}"


RULE = Rule(
    code="MLQ303",
    name="unknown-dataset-key",
    severity="error",
    summary="A dataset is asked for something that it does not have",
    why="""A run's datasets can be searched by `dataset.name`, `dataset.digest` and `dataset.context`.""",
    wrong="""\
dataset.names = 'churn'
        ^^^^^""",
    right="dataset.name = 'churn'",
    check=check,
    signs=when(Trait.UNKNOWN),
)
