"""`mlq-check --why FILE:LINE`: say why the strings of a line are checked, or why they are not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mlq.cli import guard
from mlq.cli.checked import UncheckableError
from mlq.cli.files import read_file
from mlq.cli.frame import printable

if TYPE_CHECKING:
    from mlq.cli.configured import Configured
    from mlq.cli.files import Source
    from mlq.cli.tally import Tally
    from mlq.hosts.modules import Modules


_IN_CELL = re.compile(r"(?P<file>.+):cell (?P<number>[0-9]+)", re.DOTALL)
_NOTHING = ("Not checked: no filter begins on this line.",)


def answer(path: str, line: int, configured: Configured, tally: Tally) -> int:
    """Print the reasons, one a line, and return 0, or 2 where the file cannot be read.

    The path of a notebook may be followed by a cell, as in `churn.ipynb:cell 3`; the line is then the cell's.
    """
    in_cell = _IN_CELL.fullmatch(path)
    file = in_cell["file"] if in_cell else path
    try:
        source = replace(read_file(file), filter_keys=configured.filter_keys(file))
        reasons = _of_cell(source, int(in_cell["number"]), line) if in_cell else _of_line(source, line)
    except UncheckableError as error:
        tally.fail(file, str(error))
        return guard.FAILURE
    for reason in reasons:
        print(f"{printable(path)}:{line}: {printable(reason)}")
    return guard.NOTHING_WRONG


def _of_line(source: Source, line: int) -> tuple[str, ...]:
    from mlq.hosts import explain

    return explain(source.text, source.language, line, source.filter_keys, _modules(source))


def _modules(source: Source) -> Modules:
    from mlq.siblings import modules_of

    return modules_of(source.text, source.language, source.path)


def _of_cell(source: Source, number: int, line: int) -> tuple[str, ...]:
    from mlq_grammar.spans import Span

    from mlq.hosts import explain_embedded
    from mlq.hosts.pages import pages_of
    from mlq.text import LineIndex

    pages = pages_of(source.text, source.language)
    page = next((page for page in pages if page.number == number), None)
    if page is None:
        raise UncheckableError(f"has no cell {number} with anything in it")
    lines = LineIndex(page.text)
    if not 1 <= line <= lines.count:
        return (f"There is no line {line}.",)
    span = page.map.to_outer(Span(*lines.span(line - 1)))
    return explain_embedded(source.text, source.language, span, _modules(source)) or _NOTHING
