"""MLQ311: a key that nothing in the store has."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Edit
from mlq.keys.quoting import write_key
from mlq.rules.near import near
from mlq.rules.rule import Report
from mlq.rules.store.known import Known
from mlq.rules.store.rule import StoreRule

# To look through a million keys would take longer than a keystroke may.
_MEANT = 2_000


def check(known: Known) -> Iterator[Report]:
    if known.info or any(known.others) or known.condition.value is None:
        return
    subject = known.subject
    meant = near(subject.name, known.index.keys(known.family.type).most_used(_MEANT))
    message = f"None of {known.looked_at} has {subject.label}."
    written = write_key(meant) if meant else None
    if written is None:
        yield Report(subject.span, message)
        return
    fix = known.fix(f"Write {subject.prefix}.{written}", Edit(*subject.name_span, written))
    yield Report(subject.span, f"{message} Did you mean {subject.prefix}.{written}?", fix)


RULE = StoreRule(
    code="MLQ311",
    name="unseen-key",
    severity="warning",
    summary="A metric, param or tag that nothing in the store has",
    why="""MLflow takes any key, and finds nothing where no run has it: a misspelt key is an empty answer and
no error. A key that will only be logged tomorrow is right all the same.""",
    wrong="""\
metrics.acuracy > 0.9
^^^^^^^^^^^^^^^""",
    right="metrics.accuracy > 0.9",
    check=check,
)
