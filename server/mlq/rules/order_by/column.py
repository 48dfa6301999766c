"""MLQ851: a key that MLflow cannot sort by."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Family

from mlq.findings import Fix
from mlq.rules.near import near
from mlq.rules.order_by.item import Item
from mlq.rules.order_by.rule import OrderRule
from mlq.rules.rule import Report, replace
from mlq.rules.writing import listed


def check(item: Item) -> Iterator[Report]:
    if not item.key or item.verdict.ok or item.is_repeated or item.commas or item.key_runs:
        return
    prefix, dot, name = item.key.partition(".")
    if dot:
        yield from _of_prefixed(item, prefix, name)
    elif not _is_quoted(item.key) and not item.runs_with_key(f"`{item.key}`"):
        yield from _of_bare(item)


def _of_bare(item: Item) -> Iterator[Report]:
    key, columns = item.key, item.dialect.order_by.columns
    meant = near(key, columns)
    if meant and item.runs_with_key(meant):
        yield _report(item, f"`{key}` is no column that MLflow sorts by. Did you mean {meant}?", meant)
        return
    family = next(
        (each for each in _open_families(item) if item.runs_with_key(f"{_usual(each)}.{key}")), None
    )
    if family and key.isidentifier():
        better = f"{_usual(family)}.{key}"
        yield _report(item, f"`{key}` is no column. A {family.type} is sorted by as {better}.", better)
    elif key.replace(" ", "").isidentifier():
        yield _report(item, f"`{key}` is no column that MLflow sorts by. {_known(item)}")


def _of_prefixed(item: Item, prefix: str, name: str) -> Iterator[Report]:
    bare = prefix.strip("`")
    families = [family for family in item.dialect.families if bare in family.prefixes]
    prefixes = [each for family in _open_families(item) for each in family.prefixes]
    if item.runs_with_key(name) and (not prefixes or (families and families[0].is_bare)):
        yield _report(item, f"{_things(item)} are sorted by {name} without a prefix.", name)
    elif not families or not families[0].type:
        meant = near(bare, prefixes)
        better = f"{meant}.{name}"
        if meant and item.runs_with_key(better):
            yield _report(item, f"`{bare}` is no prefix of MLflow's. Did you mean {meant}?", better)
        elif bare.isidentifier():
            yield _report(item, f"MLflow does not sort {_things(item).lower()} by `{bare}.`. {_known(item)}")
    elif families[0].is_bare:
        meant = near(name, item.dialect.order_by.columns)
        better = f"{prefix}.{meant}"
        if meant and item.runs_with_key(better):
            yield _report(item, f"`{name}` is no column. Did you mean {meant}?", better)
        elif name.isidentifier():
            yield _report(item, f"`{name}` is no column that MLflow sorts by. {_known(item)}")
    elif families[0] not in _open_families(item):
        yield _report(item, f"MLflow does not sort {_things(item).lower()} by `{bare}.` keys. {_known(item)}")


def _report(item: Item, message: str, better: str = "") -> Report:
    fix: Fix | None = replace(f"Write {better}", item.parts.key, better) if better else None
    return Report(item.parts.key, message, fix)


def _open_families(item: Item) -> list[Family]:
    order = item.dialect.order_by
    return [] if order.is_closed else [each for each in item.dialect.families if each.type in order.families]


def _usual(family: Family) -> str:
    return family.prefixes[0]


def _things(item: Item) -> str:
    return item.dialect.entity.replace("_", " ").capitalize().replace("Mcp", "MCP")


def _known(item: Item) -> str:
    order = item.dialect.order_by
    others = {*dict(order.aliases), *(key for key, type_, _ in item.dialect.syntax.routes if not type_)}
    columns = [name for name in order.columns if name not in {*others, *order.absent}]
    keys = [*columns, *(f"{_usual(each)}.KEY" for each in _open_families(item))]
    return f"It sorts by {listed(keys, 'or')}."


def _is_quoted(key: str) -> bool:
    return key[0] in "`\"'"


RULE = OrderRule(
    code="MLQ851",
    name="order-by-column",
    severity="error",
    summary="MLflow has no such column to sort by",
    why="""Each search sorts by columns of its own, which are not quite those that it filters by. What was
logged needs its prefix here too: `metrics.`, `params.` or `tags.`. Registered models, prompts, datasets and
MCP servers are sorted by bare columns alone, without any prefix.""",
    wrong="""\
accuracy DESC
^^^^^^^^""",
    right="metrics.accuracy DESC",
    check=check,
)
