"""MLQ303: a key of a dataset that MLflow does not know."""

from __future__ import annotations

from collections.abc import Iterator

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
        names = [key.name for key in subject.family.keys or ()]
        if names:
            meant = near(subject.name, names)
            message = f"`{subject.name}` is no key of a dataset: there are {listed(names)}."
            fix = replace(f"Use {meant}", subject.name_span, meant) if meant else None
            yield Report(subject.name_span, message, fix)


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
