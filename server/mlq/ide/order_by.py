"""What is wrong with the `order_by` lists of a file, mapped to where their items stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlq_grammar.dialect import Dialect
from mlq_grammar.spans import Span
from mlq_grammar.verdict import judge_order_by

from mlq.findings import Edit, Finding, Fix
from mlq.hosts.order_by import OrderByRegion
from mlq.hosts.region import FilterRegion
from mlq.ide.check import Judge, dialect_of
from mlq.ide.model import Diagnostic
from mlq.ide.placing import fix_in_file
from mlq.rules.order_by.engine import ItemFinding, findings


def check_order_by(
    items: list[object], *, entity: str = "runs", mlflow_version: str | None = None
) -> list[ItemFinding]:
    """Return what is wrong with a list: each finding with its item's place, in offsets of the item's text.

    That is the item itself, or on logged models its `field_name`. Raises `ValueError` for an entity that mlq
    does not know.
    """
    dialect = dialect_of(entity, Judge(mlflow_version))
    if dialect is None:
        raise ValueError(f"mlq does not know how MLflow searches {entity!r}")
    return findings(items, dialect)


def of_list(region: OrderByRegion, judge: Judge) -> Iterator[Diagnostic]:
    """Yield the findings of a list in offsets of its file."""
    dialect = dialect_of(region.entity, judge)
    if dialect is None:
        return
    for found in findings([item.value for item in region.items], dialect):
        item = region.items[found.item].region
        yield Diagnostic(_in_file(found, item, dialect), item)


def _in_file(found: ItemFinding, region: FilterRegion, dialect: Dialect) -> Finding:
    finding = found.finding
    outer = region.map.to_outer(Span(finding.start, finding.end)) if region.text else _inside(region)
    fixes = [placed for fix in finding.fixes if (placed := fix_in_file(fix, region))]
    cut = _cut(found.cuts, region, dialect) if found.cuts else None
    return replace(finding, start=outer.start, end=outer.end, fixes=[*fixes, *([cut] if cut else [])])


def _inside(region: FilterRegion) -> Span:
    return Span(region.start, region.end)


def _cut(cuts: tuple[Span, ...], region: FilterRegion, dialect: Dialect) -> Fix | None:
    """Return the fix that makes several literals of one; None where MLflow would not sort by them."""
    starts, ends = [0, *(cut.end for cut in cuts)], [*(cut.start for cut in cuts), len(region.text)]
    items = [region.text[start:end] for start, end in zip(starts, ends, strict=True)]
    if region.shape != "literal" or not judge_order_by(items, dialect).ok:
        return None
    joint = f"{region.quote.lstrip('rRuUbBfF')}, {region.quote}"
    edits = [edit for cut in cuts if (edit := region.splice(Edit(cut.start, cut.end, joint)))]
    return Fix("Make items of them", edits) if len(edits) == len(cuts) else None
