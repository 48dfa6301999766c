"""MLQ521: a name that is no key of a logged model, but a part of MLflow's code."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule
from mlq.rules.writing import listed
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    names = meaning.dialect.syntax.class_attributes
    for condition in meaning.conditions:
        subject, operator = condition.subject, condition.operator
        if not subject or not operator or subject.key or not subject.family or subject.name not in names:
            continue
        always = "always" if operator.name == "!=" else "never"
        keys = listed([key.name for key in subject.family.keys or ()])
        message = f"{subject.name} is no key of a logged model: this is {always} true. There are {keys}."
        yield Report(subject.span, message)


RULE = Rule(
    code="MLQ521",
    name="class-attribute",
    severity="warning",
    summary="A name is no key of logged models, and MLflow does not notice",
    why="""MLflow looks up the names of logged models in a class of its own code, and takes what it finds
there, such as `metadata`, for a key. `=` is then never true and `!=` always.""",
    wrong="""\
metadata = 'prod'
^^^^^^^^""",
    right="tags.metadata = 'prod'",
    check=check,
    entity="logged_models",
    signs=lambda dialect: () if dialect.syntax.class_attributes else None,
)
