"""What becomes of a mended text: its file is replaced, or it is printed, whole or as a diff."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from mlq.cli.checked import Checked, UncheckableError
from mlq.cli.diff import print_diff
from mlq.cli.files import encoded
from mlq.cli.fix import Fixed, fix, fixable
from mlq.cli.rewrite import rewrite
from mlq.cli.style import style_for

if TYPE_CHECKING:
    from mlq.cli.files import Source
    from mlq.cli.fix import Check
    from mlq.cli.options import Options
    from mlq.cli.tally import Tally


def mend(source: Source, check: Check, options: Options, tally: Tally, *, is_stdin: bool) -> Checked:
    """Fix a text, and return what there is to complain about then, or now where it cannot be fixed.

    With `--diff` the text stays as it is, and so do the places of what is left.
    """
    try:
        fixed = fix(source, check, unsafe=options.unsafe_fixes)
        if options.diff:
            tally.progress.clear()
            _show(fixed)
        elif is_stdin:
            _print(encoded(fixed.after))
        elif fixed.is_changed:
            rewrite(source, fixed.after)
    except UncheckableError as error:
        tally.fail(source.path, str(error))
        if is_stdin and not options.diff:
            _print(encoded(source))
        return check(source)
    if fixed.is_changed:
        tally.mend(fixed.mended)
    return _unfixable(check(source), unsafe=options.unsafe_fixes) if options.diff else fixed.left


def _show(fixed: Fixed) -> None:
    if fixed.is_changed:
        print_diff(fixed.before, fixed.after, style_for(sys.stdout))


def _print(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.flush()


def _unfixable(checked: Checked, *, unsafe: bool) -> Checked:
    mended = [finding for finding, _ in fixable(checked, unsafe=unsafe)]
    left = [each for each in checked.diagnostics if not any(each.finding is finding for finding in mended)]
    return replace(checked, diagnostics=tuple(left))
