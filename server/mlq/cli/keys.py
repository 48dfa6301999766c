"""`mlq keys`: which keys a store has, written as filters write them."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mlq_grammar.dialect import ENTITIES, load

from mlq.cli import guard
from mlq.cli.frame import printable
from mlq.cli.store_why import say_store, say_stores_of
from mlq.cli.stores import NoStoreError, add_options, asked_here, store_here
from mlq.semantics.nouns import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlq_grammar.dialect import Dialect, Family

    from mlq.keys.index import KeyIndex
    from mlq.tracking.protocol import Store

MOST_VALUES = 5
"""How many values of a key are shown."""


def main(arguments: Sequence[str], *, prog: str) -> int:
    """Print the keys of a store, the most used first."""
    given = parser(prog).parse_args(arguments)
    return guard.guarded(prog, lambda: _run(given, prog))


def parser(prog: str) -> argparse.ArgumentParser:
    """Return the parser of `mlq keys`."""
    made = argparse.ArgumentParser(
        prog=prog,
        description="List the keys of a tracking store as filters write them, and how many have each. "
        "The store is only read.",
        allow_abbrev=False,
    )
    add = made.add_argument
    add("uri", nargs="?", metavar="URI", help="the store (default: what MLflow would take in this folder)")
    add_options(made)
    add("--experiment", metavar="NAME", action="append", help="only this experiment; may be given again")
    add("--entity", choices=ENTITIES, default="runs", help="whose keys (default: runs)")
    add(
        "--why",
        metavar="FILE",
        nargs="?",
        const="",
        help="say which store is meant and why, or which one each search of FILE asks, and read none",
    )
    add("--save", metavar="FILE", help="write all keys to a file, for the setting `keys`: see `mlq config`")
    add("--output-format", choices=("full", "json"), default="full", help="how to print (default: full)")
    return made


def _run(given: argparse.Namespace, prog: str) -> int:
    from mlq.tracking.client import TrackingError

    try:
        asked = asked_here(given.uri or given.tracking_uri, is_trusted=given.trust_workspace)
        if given.why is not None:
            say_stores_of(given.why, asked) if given.why else say_store(asked, given.entity)
            return guard.NOTHING_WRONG
        store, resolved = store_here(asked, given.entity)
        store = replace(store, experiments=tuple(given.experiment or store.experiments))
        _answer(given, store, resolved.sentence())
    except (NoStoreError, TrackingError) as error:
        guard.say(prog, str(error))
        return guard.FAILURE
    except UnicodeError:
        guard.say(prog, f"{given.why}: is not UTF-8")
        return guard.FAILURE
    except OSError as error:
        guard.say(prog, f"{given.why or given.save}: {(error.strerror or str(error)).lower()}")
        return guard.FAILURE
    return guard.NOTHING_WRONG


def _answer(given: argparse.Namespace, store: Store, whence: str) -> None:
    from mlq.tracking.client import fetch_keys_once

    if given.save:
        _save(Path(given.save), store)
        return
    index = fetch_keys_once(store, given.entity)
    if given.output_format == "json":
        print(json.dumps(index.to_json(), indent=2))
    else:
        _print(index, load(given.entity), whence)


def _save(file: Path, store: Store) -> None:
    from mlq.keys.picture import write_picture
    from mlq.tracking.client import fetch_keys_once
    from mlq.tracking.schema import ENTITIES as KEPT

    indexes = {entity: fetch_keys_once(store, entity) for entity in KEPT}
    seen = {entity: index for entity, index in indexes.items() if index.seen}
    file.write_text(write_picture(seen), encoding="utf-8")
    print(f"{file}: the keys of {', '.join(f'{index.seen} {plural(name)}' for name, index in seen.items())}")


def _print(index: KeyIndex, dialect: Dialect, whence: str) -> None:
    rows = [
        (printable(f"{_prefix(family)}{_written(key.name)}"), key)
        for family in dialect.families
        for key in index.keys(family.type).values()
    ]
    width = max((len(name) for name, _ in rows), default=0)
    for name, key in rows:
        print(f"{name:<{width}}  {key.count:>6}  {', '.join(_shown(key.values))}".rstrip())
    amount = "all" if index.complete else "the newest"
    print(f"\n{printable(whence)}; seen in {amount} {index.seen} {plural(dialect.entity)}")


def _prefix(family: Family) -> str:
    return "" if family.is_bare or not family.prefixes else f"{family.prefixes[0]}."


def _written(name: str) -> str:
    from mlq.keys.quoting import write_key

    return write_key(name) or f"{name} (no filter can hold this key)"


def _shown(values: Sequence[str]) -> Iterator[str]:
    for value in values[:MOST_VALUES]:
        yield printable(value)
    if len(values) > MOST_VALUES:
        yield "…"
