"""MLQ302: a bare name, or one behind `attributes.`, that is no attribute."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Fix
from mlq.keys.quoting import write_key
from mlq.rules.near import near
from mlq.rules.reversed_comparison import has_literal_left
from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.whole_key_quoted import inner_key
from mlq.rules.writing import listed
from mlq.semantics.meaning import Condition, Meaning, Subject
from mlq.semantics.traits import Trait

_ORDERINGS = frozenset({"<", "<=", ">", ">="})

# What people look for among the attributes of a run, and where it is.
_ELSEWHERE_OF_RUNS = {
    "lifecycle_stage": "Deleted runs are found by run_view_type=, an argument of the search.",
    "experiment_id": "Experiments are chosen by experiment_ids=, an argument of the search.",
    "experiment_name": "Experiments are chosen by experiment_names=, an argument of the search.",
    "source": "The source of a run is the tag tags.mlflow.source.name.",
    "source_name": "The source of a run is the tag tags.mlflow.source.name.",
    "source_type": "The source type of a run is the tag tags.mlflow.source.type.",
    "source_version": "The commit of a run is the tag tags.mlflow.source.git.commit.",
    "user": "The user of a run is the tag tags.mlflow.user, or the attribute user_id.",
}


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        subject = condition.subject
        if not subject or not subject.name.strip() or subject.key or subject.is_expression:
            continue
        if not (subject.family and subject.family.is_bare and condition.operator):
            continue
        if not has_literal_left(condition) and not inner_key(condition, meaning):
            yield _report(condition, subject, meaning)


def _report(condition: Condition, subject: Subject, meaning: Meaning) -> Report:
    message = f"`{subject.name}` is no attribute of {meaning.noun}."
    if meaning.dialect.entity == "runs" and subject.name in _ELSEWHERE_OF_RUNS:
        return Report(subject.name_span, f"{message} {_ELSEWHERE_OF_RUNS[subject.name]}")
    names = [key.name for key in (subject.family.keys if subject.family else None) or ()]
    meant = near(subject.name, names)
    if meant:
        fix = replace(f"Use {meant}", subject.name_span, meant)
        return Report(subject.name_span, f"{message} Did you mean {meant}?", fix)
    glued = _glued(subject.name, meaning) if subject.prefix == "" else None
    if glued:
        fix = replace(f"Write {glued}", subject.name_span, glued)
        return Report(subject.name_span, f"{message} Did you mean {glued}?", fix)
    key = write_key(subject.name) if subject.prefix == "" else None
    if key and meaning.open_prefixes:
        prefixed = listed([f"{prefix}.{key}" for prefix in meaning.open_prefixes], "or")
        metric = _metric(condition, subject, key) if "metrics" in meaning.open_prefixes else None
        return Report(subject.name_span, f"{message} Write {prefixed}.", metric)
    return Report(subject.name_span, f"{message} Its attributes are {listed(names)}.")


def _glued(name: str, meaning: Meaning) -> str | None:
    """Return `metrics.auc` for `metricsauc`: the dot behind the prefix is missing."""
    prefixes = [prefix for family in meaning.dialect.families for prefix in family.prefixes]
    for prefix in sorted(prefixes, key=len, reverse=True):
        rest = name.removeprefix(prefix)
        family = meaning.dialect.family(prefix)
        if rest and rest != name and family and family.key(rest):
            return f"{prefix}.{write_key(rest) or rest}"
    return None


def _metric(condition: Condition, subject: Subject, key: str) -> Fix | None:
    """Take a name that is ordered against a number for a metric: nothing else can be."""
    ordered = condition.operator and condition.operator.name in _ORDERINGS
    if ordered and condition.value and condition.value.kind == "number":
        return replace(f"Write metrics.{key}", subject.name_span, f"metrics.{key}")
    return None


RULE = Rule(
    code="MLQ302",
    name="unknown-attribute",
    severity="error",
    summary="A name is no attribute of a run",
    why="""A name without a prefix is an attribute: `run_id`, `run_name`, `status`, `start_time`,
`end_time`, `user_id`, `artifact_uri`. What was logged has a prefix: `metrics.`, `params.` or `tags.`. A
name that is ordered against a number can only be a metric.""",
    wrong="""\
accuracy > 0.9
^^^^^^^^""",
    right="metrics.accuracy > 0.9",
    check=check,
    signs=when(Trait.UNKNOWN),
)
