"""MLQ207: quotes round the prefix and the key together."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Fix
from mlq.keys.quoting import write_key
from mlq.rules.rule import Report, Rule, replace, when
from mlq.semantics.meaning import Condition, Meaning
from mlq.semantics.traits import Trait


def inner_key(condition: Condition, meaning: Meaning) -> tuple[str, str] | None:
    """Return prefix and key where the left side is a quoted `metrics.auc`; None where it is not."""
    subject = condition.subject
    if not subject or not subject.quote or subject.prefix or not condition.operator:
        return None
    prefix, dot, name = subject.name.partition(".")
    return (prefix, name) if dot and name and meaning.dialect.family(prefix) else None


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        inner = inner_key(condition, meaning)
        if inner and condition.subject:
            prefix, name = inner
            key = write_key(name.strip("`\"'"))
            message = f"Quotes go round the key alone, not round the prefix: {prefix}.{key or '…'}."
            yield Report(condition.subject.span, message, _fix(condition, f"{prefix}.{key}") if key else None)


def _fix(condition: Condition, written: str) -> Fix | None:
    return replace(f"Write {written}", condition.subject.span, written) if condition.subject else None


RULE = Rule(
    code="MLQ207",
    name="whole-key-quoted",
    severity="error",
    summary="The prefix stands inside the key's quotes",
    why="""`metrics.` says what kind of key it is and stays outside the quotes. In single quotes the
whole would be a string, in double quotes or backticks an attribute of that name.""",
    wrong="""\
"metrics.auc" > 0.9
^^^^^^^^^^^^^""",
    right="metrics.auc > 0.9",
    check=check,
    signs=when(Trait.UNKNOWN),
)
