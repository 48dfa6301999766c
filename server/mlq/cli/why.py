"""`mlq-check --why FILE:LINE`: say why the strings of a line are checked, or why they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.cli import guard
from mlq.cli.checked import UncheckableError
from mlq.cli.files import read_file
from mlq.cli.frame import printable

if TYPE_CHECKING:
    from mlq.cli.tally import Tally


def answer(path: str, line: int, tally: Tally) -> int:
    """Print the reasons, one a line, and return 0, or 2 where the file cannot be read."""
    from mlq.hosts import explain

    try:
        source = read_file(path)
    except UncheckableError as error:
        tally.fail(path, str(error))
        return guard.FAILURE
    for reason in explain(source.text, source.language, line):
        print(f"{printable(path)}:{line}: {printable(reason)}")
    return guard.NOTHING_WRONG
