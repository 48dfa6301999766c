"""Make the table of MLflow's search functions from wheels: `python make_signatures.py WHEEL…`.

Each wheel is one release; nothing of it is run. A parameter is dated by the first wheel that has it and the
first that has it no more, so the table is as exact as the wheels are many. Without wheels, the installed
MLflow is read by `inspect`, for `make dialects`.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from mlq.hosts import signatures
from mlq_grammar.releases import OLDEST, numbers

TARGET = Path(str(signatures.__file__)).with_suffix(".toml")

HEADER = """\
# The functions of MLflow that search, and the parameters of each in order: made by
# tests/oracle/make_signatures.py from the wheels of {releases}.
# `where` is "client" for the methods of MlflowClient, else the module that has the function.
"""

# Where each function is defined, by the module that people import it from.
SOURCES = {
    "client": ("mlflow/tracking/client.py",),
    "mlflow": (
        "mlflow/tracking/fluent.py",
        "mlflow/tracking/_model_registry/fluent.py",
        "mlflow/tracing/fluent.py",
    ),
    "mlflow.genai": ("mlflow/genai/mcp_servers.py", "mlflow/genai/skills.py", "mlflow/genai/issues.py"),
    "mlflow.genai.datasets": ("mlflow/genai/datasets/__init__.py",),
}


class Parameter(NamedTuple):
    """A parameter as a release has it."""

    name: str
    is_required: bool = False
    is_keyword_only: bool = False


Functions = dict[tuple[str, str], tuple[Parameter, ...]]


def of_wheel(path: Path) -> Functions:
    """Return the functions of a release by API and place."""
    found: Functions = {}
    with zipfile.ZipFile(path) as wheel:
        names = set(wheel.namelist())
        for where, files in SOURCES.items():
            for file in names.intersection(files):
                for function in _functions(ast.parse(wheel.read(file)), where):
                    found[function.name, where] = _parameters(function)
    return found


def of_installed() -> Functions:
    """Return the functions of the installed MLflow by API and place; each where it is first exported."""
    import mlflow

    found: Functions = {}
    for where in ("client", "mlflow", "mlflow.genai.datasets", "mlflow.genai"):
        owner: Any = mlflow.MlflowClient if where == "client" else importlib.import_module(where)
        known = {api for api, other in found if other != "client"}
        for name, function in inspect.getmembers(owner, inspect.isfunction):
            given = inspect.signature(function).parameters
            if name.startswith("search_") and "filter_string" in given and name not in known:
                found[name, where] = tuple(
                    Parameter(each.name, each.default is each.empty, each.kind is each.KEYWORD_ONLY)
                    for each in given.values()
                    if each.name != "self"
                )
    return found


def _functions(tree: ast.Module, where: str) -> Iterator[ast.FunctionDef]:
    body: list[ast.stmt] = tree.body
    if where == "client":
        classes = (node for node in body if isinstance(node, ast.ClassDef))
        body = next(node for node in classes if node.name == "MlflowClient").body
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("search_"):
            parameters = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
            if "filter_string" in parameters:
                yield node


def _parameters(function: ast.FunctionDef) -> tuple[Parameter, ...]:
    given, named = function.args.args, function.args.kwonlyargs
    first_default = len(given) - len(function.args.defaults)
    places = [Parameter(argument.arg, at < first_default) for at, argument in enumerate(given)]
    names = zip(named, function.args.kw_defaults, strict=True)
    keywords = [Parameter(argument.arg, default is None, True) for argument, default in names]
    return tuple(each for each in (*places, *keywords) if each.name != "self")


def table(releases: dict[str, Functions]) -> str:
    """Return the table of some releases, which are in order."""
    versions = list(releases)
    lines = [HEADER.format(releases=f"{len(versions)} releases from {versions[0]} to {versions[-1]}")]
    keys = sorted({key for functions in releases.values() for key in functions})
    for api, where in keys:
        had = {version: found.get((api, where)) for version, found in releases.items()}
        lines += ["[[signature]]", f'api = "{api}"', f'where = "{where}"', *_dates(had), "parameters = ["]
        lines += [f"    {_row(name, had)}," for name in _names(had)]
        lines += ["]", ""]
    return "\n".join(lines)


Had = dict[str, "tuple[Parameter, ...] | None"]


def _dates(had: Had) -> Iterator[str]:
    first = next(version for version, parameters in had.items() if parameters)
    if first != next(iter(had)):
        yield f'since = "{first}"'


def _names(had: Had) -> list[str]:
    """Return all names that a function ever had, in an order that is each release's own."""
    merged: list[str] = []
    for parameters in had.values():
        at = 0
        for name in [each.name for each in parameters or ()]:
            if name in merged:
                at = merged.index(name) + 1
            else:
                merged.insert(at, name)
                at += 1
    for parameters in had.values():
        names = [each.name for each in parameters or ()]
        if names != [name for name in merged if name in names]:
            raise ValueError(f"no one order has {names}")
    return merged


def _row(name: str, had: Had) -> str:
    """Return the row of a parameter: from when to when it is there, and when it must be given."""
    releases = [version for version, parameters in had.items() if parameters]
    own = {
        version: next((each for each in had[version] or () if each.name == name), None)
        for version in releases
    }
    there = [version for version, parameter in own.items() if parameter]
    fields = [f'name = "{name}"']
    if there[0] != releases[0]:
        fields.append(f'since = "{there[0]}"')
    if there[-1] != releases[-1]:
        fields.append(f'until = "{releases[releases.index(there[-1]) + 1]}"')
    required = {version: own[version].is_required for version in there}  # type: ignore[union-attr]
    changes = [
        version
        for before, version in zip([None, *there], there, strict=False)
        if before is None or required[before] != required[version]
    ]
    if len(changes) > 1:
        values = ", ".join(f'"{version}" = {str(required[version]).lower()}' for version in changes)
        fields.append(f"is_required = {{ {values} }}")
    elif required[there[0]]:
        fields.append("is_required = true")
    if any(own[version].is_keyword_only for version in there):  # type: ignore[union-attr]
        fields.append("is_keyword_only = true")
    return f"{{ {', '.join(fields)} }}"


def main() -> None:
    """Write the table from the wheels that are named."""
    wheels = {path.name.split("-")[1]: path for path in map(Path, sys.argv[1:])}
    known = sorted((version for version in wheels if numbers(version) >= numbers(OLDEST)), key=numbers)
    TARGET.write_text(table({version: of_wheel(wheels[version]) for version in known}), encoding="utf-8")


if __name__ == "__main__":
    main()
