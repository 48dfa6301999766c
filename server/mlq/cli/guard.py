"""The last line of defence: whatever happens, people see one clear line and programs an exit status."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from mlq.crashes import heard_by

if TYPE_CHECKING:
    from collections.abc import Callable

NOTHING_WRONG = 0
FINDINGS = 1
FAILURE = 2
INTERRUPTED = 130

TRACEBACK = "MLQ_TRACEBACK"
"""The environment variable that asks for the traceback of an internal error."""


def guarded(prog: str, command: Callable[[], int]) -> int:
    """Run a command and return its exit status; a reader who goes away early is no error."""
    _never_fail_to_print()
    try:
        try:
            with heard_by(lambda what, error: say(prog, f"{what}: {internal_error(error)}")):
                return command()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_output()
        return FAILURE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        _let_go_of_output()
        is_output = error.filename is None
        say(prog, f"cannot write: {error.strerror}".lower() if is_output else internal_error(error))
        return FAILURE
    except Exception as error:  # noqa: BLE001 (that is what this function is for)
        say(prog, internal_error(error))
        return FAILURE


def internal_error(error: Exception) -> str:
    """Describe a mistake of ours in one line; print the traceback first where it was asked for."""
    if os.environ.get(TRACEBACK):
        import traceback

        traceback.print_exception(error)
    return (
        f"internal error, {type(error).__name__}: {error}; please report it with the output of `mlq version` "
        f"and what {TRACEBACK}=1 adds"
    )


def say(prog: str, message: str) -> None:
    """Print one line on standard error, behind all that was printed before."""
    sys.stdout.flush()
    print(f"{prog}: {' '.join(message.split())}", file=sys.stderr, flush=True)


def _never_fail_to_print() -> None:
    """Let what the terminal's encoding lacks be printed as an escape, and what nobody reads go nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 (open to the end)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _let_go_of_output() -> None:
    """Python flushes once more when it ends, and would complain then."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
