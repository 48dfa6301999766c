"""The arguments of `mlq-check`, read into one frozen value."""

from __future__ import annotations

import sys

from mlq.cli.options import Options

TYPE_CHECKING = False  # importing typing would cost more than the rest of this module

if TYPE_CHECKING:
    from collections.abc import Sequence


def parse(arguments: Sequence[str] | None, *, prog: str) -> Options:
    """Read the command line; leave with status 2 and one line of advice where it contradicts itself."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if not any(each.startswith("-") for each in given):
        return Options(paths=tuple(given) or (".",))  # the parser would say the same, and is slow to import
    from mlq.cli.parser import read

    return read(given, prog)
