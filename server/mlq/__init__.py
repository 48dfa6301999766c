"""Check, find, quote and run MLflow search filters from Python.

    >>> import mlq
    >>> [finding.code for finding in mlq.check("params.batch_size = '32'")]
    []

Importing this module costs a few milliseconds; each name is loaded when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # Type checkers know better, and importing typing would cost more than all the rest.

if TYPE_CHECKING:
    from mlq.findings import Edit, Finding, Fix
    from mlq.hosts import find_filters
    from mlq.hosts.region import FilterRegion
    from mlq.ide.check import check
    from mlq.queries import Query, QueryFile, load
    from mlq.quoting import quote

__all__ = [
    "Edit",
    "FilterRegion",
    "Finding",
    "Fix",
    "Query",
    "QueryFile",
    "check",
    "find_filters",
    "load",
    "quote",
]

_HOMES = {
    "Edit": "mlq.findings",
    "FilterRegion": "mlq.hosts.region",
    "Finding": "mlq.findings",
    "Fix": "mlq.findings",
    "Query": "mlq.queries",
    "QueryFile": "mlq.queries",
    "check": "mlq.ide.check",
    "find_filters": "mlq.hosts",
    "load": "mlq.queries",
    "quote": "mlq.quoting",
}


def __getattr__(name: str) -> object:
    """Load a public name from the module that it lives in."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'mlq' has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(home), name)
    globals()[name] = found  # The next use does not come here again.
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
