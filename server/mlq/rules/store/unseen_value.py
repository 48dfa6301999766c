"""MLQ313: a value that nothing in the store has, of a key with few values."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.spans import Span

from mlq.findings import Edit
from mlq.keys.quoting import write_value
from mlq.rules.near import nearest
from mlq.rules.rule import Report
from mlq.rules.store.known import Known
from mlq.rules.store.rule import StoreRule

_SHOWN = 5


def check(known: Known) -> Iterator[Report]:
    info, operator = known.info, known.condition.operator
    if info is None or operator is None or operator.name not in {"=", "IN"}:
        return
    if not info.is_enumerated or not known.index.complete:
        return
    for span, content in _values(known):
        if content not in info.values:
            yield _report(known, span, content, info.values)


def _values(known: Known) -> Iterator[tuple[Span, str]]:
    """Yield the texts that the key is compared with."""
    value = known.condition.value
    if value and value.kind == "text" and value.is_whole:
        yield value.span, value.content
    elif value and value.kind == "list":
        for atom in value.items:
            text = atom.span.of(known.meaning.text)
            if text[:1] in {"'", '"'} and text[-1:] == text[:1] and "\\" not in text:
                yield atom.span, text[1:-1]


def _report(known: Known, span: Span, content: str, values: tuple[str, ...]) -> Report:
    message = f"None of {known.looked_at} has {content!r} in {known.subject.label}"
    meant = nearest(content, values)
    written = write_value(meant) if meant else None
    if written is None:
        some = ", ".join(map(repr, values[:_SHOWN])) + (", …" if len(values) > _SHOWN else "")
        return Report(span, f"{message}; they have {some}.")
    fix = known.fix(f"Write {written}", Edit(*span, written))
    return Report(span, f"{message}. Did you mean {written}?", fix)


RULE = StoreRule(
    code="MLQ313",
    name="unseen-value",
    severity="information",
    summary="A value that nothing in the store has, of a key that has few values",
    why="""MLflow compares text letter by letter: where all runs have one of three models, a fourth name is
an empty answer. A value that will only be logged tomorrow is right all the same.""",
    wrong="""\
params.model = 'XGBoost'
               ^^^^^^^^^""",
    right="params.model = 'xgboost'",
    check=check,
)
