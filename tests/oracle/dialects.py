"""Show how the tables of dialects and signatures differ from the installed MLflow: `make dialects`.

MLflow's own constants name the prefixes, keys and comparators that may be; its store is asked which of them
run together, and so are our tables. What comes out are two lists of lines, one a key, and their difference.
A key or prefix that MLflow names in no constant is found by `hunt.py`, if at all.
"""

from __future__ import annotations

import difflib
import inspect
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import mlflow
import sqlparse
from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore as Registry
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore as Tracking
from mlflow.utils import search_utils
from mlq.hosts.signatures import all_signatures
from mlq_grammar.dialect import ENTITIES, Dialect, load
from mlq_grammar.verdict import judge
from oracle import make_signatures, make_words
from support.oracle import Oracle

CLASSES = {
    "runs": "SearchUtils",
    "experiments": "SearchExperimentsUtils",
    "registered_models": "SearchModelUtils",
    "prompts": "SearchModelUtils",
    "model_versions": "SearchModelVersionUtils",
    "traces": "SearchTraceUtils",
    "logged_models": "SearchLoggedModelsUtils",
    "evaluation_datasets": "SearchEvaluationDatasetsUtils",
    "issues": "SearchIssuesUtils",
    "trace_metrics": "SearchTraceMetricsUtils",
    "mcp_servers": "SearchMCPServerUtils",
    "mcp_server_versions": "SearchMCPServerVersionUtils",
    "mcp_access_endpoints": "SearchMCPAccessEndpointUtils",
}
"""The class of MLflow whose constants tell of each search API."""

# These take no filter of this language.
NO_FILTER = {"search_prompt_versions", "search_entities_by_destination", "search_entities_by_source"}
COMPARATORS = (
    "=",
    "!=",
    ">",
    ">=",
    "<",
    "<=",
    "LIKE",
    "ILIKE",
    "RLIKE",
    "IN",
    "NOT IN",
    "IS NULL",
    "IS NOT NULL",
)
VALUES = {"text": "'1'", "number": "1", "list": "('1', '2')", "nothing": ""}
FIRST = ("= '1'", "= 1", "LIKE '1'", "IN ('1', '2')", "IS NULL")
ANY = "any_key"

Runs = Callable[[str], bool]


def differences(entities: Iterable[str], oracle: Oracle) -> Iterator[str]:
    """Yield the lines of a unified diff from our tables to the installed MLflow; none where they agree."""
    yield from _unknown()
    for entity in entities:
        dialect = load(entity, mlflow.__version__)
        if entity in CLASSES and dialect.exists:
            names = (f"tables/{entity}", f"MLflow {mlflow.__version__}/{entity}")
            yield from difflib.unified_diff(*_both(entity, dialect, oracle), *names, n=0, lineterm="")


def word_differences() -> Iterator[str]:
    """Yield the lines of a unified diff from our table of words to that of the installed sqlparse."""
    ours, theirs = make_words.TARGET.read_text(encoding="utf-8"), make_words.module()
    names = ("tables/words.py", f"sqlparse {sqlparse.__version__}/words.py")
    yield from difflib.unified_diff(ours.splitlines(), theirs.splitlines(), *names, n=0, lineterm="")


def signature_differences() -> Iterator[str]:
    """Yield the lines of a unified diff from our table of signatures to those of the installed MLflow."""
    ours = {(each.api, each.where): each.parameters for each in all_signatures(mlflow.__version__)}
    theirs = make_signatures.of_installed()
    tables = [
        sorted(f"{where}.{api}{_written_parameters(given)}" for (api, where), given in table.items())
        for table in (ours, theirs)
    ]
    names = ("tables/signatures", f"MLflow {mlflow.__version__}/signatures")
    yield from difflib.unified_diff(*tables, *names, n=0, lineterm="")


def _written_parameters(parameters: Iterable[Any]) -> str:
    marks = ((each.name, "*" * each.is_keyword_only, "!" * each.is_required) for each in parameters)
    return f"({', '.join(f'{kind}{name}{need}' for name, kind, need in marks)})"


def _unknown() -> Iterator[str]:
    """Yield what of MLflow's searches stands in no table."""
    classes = inspect.getmembers(search_utils, inspect.isclass)
    found = {
        name
        for name, kind in classes
        if re.fullmatch(r"Search\w*Utils", name) and kind.__module__ == search_utils.__name__
    }
    yield from (f"+class {name}: no table is made from it" for name in sorted(found - set(CLASSES.values())))
    yield from (f"-class {name}: MLflow has it no more" for name in sorted(set(CLASSES.values()) - found))
    methods = {name for store in (Tracking, Registry) for name in dir(store) if name.startswith("search_")}
    known = {f"search_{entity}" for entity in ENTITIES} | {"search_datasets"} | NO_FILTER
    yield from (f"+method {name}: no table tells of it" for name in sorted(methods - known))


def _both(entity: str, dialect: Dialect, oracle: Oracle) -> tuple[list[str], list[str]]:
    left_sides = _left_sides(entity, dialect)
    comparators = [*COMPARATORS, *sorted(_constants(entity, "COMPARATOR") - set(COMPARATORS))]
    synonyms = tuple(f"{prefix}." for family in dialect.families for prefix in family.prefixes[1:])
    ours = _table(left_sides, comparators, synonyms, lambda text: judge(text, dialect).ok)
    theirs = _table(left_sides, comparators, synonyms, lambda text: oracle.verdict(entity, text)[0])
    return ours, theirs


def _left_sides(entity: str, dialect: Dialect) -> list[str]:
    """Return every prefix before every key that our tables or MLflow's constants name, and each bare key."""
    families = dialect.families
    prefixes = {prefix for family in families for prefix in family.prefixes} | _constants(
        entity, "IDENTIFIERS"
    )
    prefixes |= _constants(entity, "VIEW_TYPES")
    rows = [key for family in families for key in (*(family.keys or ()), *family.known)]
    keys = {f"{key.name}{ANY}" if key.is_prefix else key.name for key in rows}
    keys |= {alias for key in rows for alias in key.aliases} | {ANY}
    keys |= _constants(entity, "KEYS") | _constants(entity, "ATTRIBUTES")
    written = sorted(_written(key) for key in keys)
    return [*written, *(f"{prefix}.{key}" for prefix in sorted(prefixes) for key in written)]


def _written(key: str) -> str:
    return key if re.fullmatch(r"[\w.]+", key) else f"`{key}`"


def _constants(entity: str, word: str) -> set[str]:
    """Return the words in the constants of MLflow's class whose names hold this one, but for order_by's."""
    owner = getattr(search_utils, CLASSES[entity], None)
    names = [name for name in dir(owner) if word in name and "ORDER_BY" not in name]
    values = [getattr(owner, name) for name in names]
    return {
        item
        for value in values
        if isinstance(value, (set, frozenset, list, tuple, dict))
        for item in value
        if isinstance(item, str)
    }


def _table(left_sides: list[str], comparators: list[str], synonyms: tuple[str, ...], runs: Runs) -> list[str]:
    """Return one line for each left side that runs with any comparator, and with which values.

    A synonym of a prefix is asked only whether it takes the key: the usual prefix is asked the rest.
    """
    lines = []
    for left in left_sides:
        if not any(runs(f"{left} {rest}") for rest in FIRST):
            continue
        if left.startswith(synonyms):
            lines.append(left)
        else:
            kinds = [f"{kind}: {_taken(left, value, comparators, runs)}" for kind, value in VALUES.items()]
            lines.append(f"{left}  " + "  ".join(kind for kind in kinds if not kind.endswith(": ")))
    return lines


def _taken(left: str, value: str, comparators: list[str], runs: Runs) -> str:
    fitting = [name for name in comparators if (not value) is name.endswith("NULL")]
    if value.startswith("("):
        fitting = [name for name in fitting if name.endswith("IN")]
    elif value:
        fitting = [name for name in fitting if not name.endswith("IN")]
    return " ".join(name for name in fitting if runs(f"{left} {name} {value}".rstrip()))


def main() -> None:
    """Print the difference; exit with 1 where there is one."""
    with tempfile.TemporaryDirectory() as folder:
        lines = [
            *word_differences(),
            *signature_differences(),
            *differences(sys.argv[1:] or ENTITIES, Oracle(Path(folder))),
        ]
    print("\n".join(lines) or f"The tables say what MLflow {mlflow.__version__} does.")  # noqa: T201
    sys.exit(1 if lines else 0)


if __name__ == "__main__":
    main()
