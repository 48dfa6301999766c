"""Where a report goes: to standard output, to a file, or out of the way of a text that is printed."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from mlq.cli.checked import UncheckableError
from mlq.cli.files import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq.cli.options import Options


@contextmanager
def opened(options: Options) -> Iterator[TextIO]:
    """Open what the report is written to; raise `UncheckableError` where that cannot be done."""
    if options.output_file is None:
        # A diff or a mended text has standard output for itself.
        yield sys.stderr if options.diff or options.prints_text else sys.stdout
        return
    with _created(options.output_file) as file:
        yield file


def _created(path: str) -> TextIO:
    try:
        return Path(path).open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise UncheckableError(f"cannot be written: {reason_of(error)}") from error
