"""`--diff`: what `--fix` would change, as a patch."""

from __future__ import annotations

import os
import re
import sys
from difflib import unified_diff
from typing import TYPE_CHECKING

from mlq.cli.frame import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq.cli.files import Source
    from mlq.cli.style import Style

# Lines as `patch` and git count them; a form feed or a lone carriage return ends none.
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def print_diff(before: Source, after: Source, style: Style) -> None:
    """Print a unified diff: to a terminal for eyes, else byte for byte in the file's own encoding."""
    encoding = before.encoding.removesuffix("-sig")
    for number, line in enumerate(_lines(before, after)):
        if sys.stdout.isatty():
            print(style.change(printable(line.rstrip("\r\n"))))
        else:
            is_name = number < 2
            sys.stdout.buffer.write(os.fsencode(line) if is_name else line.encode(encoding))
    sys.stdout.flush()


def _lines(before: Source, after: Source) -> Iterator[str]:
    mark = "\ufeff" if before.encoding == "utf-8-sig" else ""
    old, new = (_LINE.findall(mark + source.text) for source in (before, after))
    for line in unified_diff(old, new, before.path, before.path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
