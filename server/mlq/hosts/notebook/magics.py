"""Turns a cell as IPython reads it into Python of the same length: magics, shell commands, help, prompts.

IPython takes these as part of its language (IPython.core.inputtransformer2); Python's grammar knows none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from mlq.hosts.python.cells import blank

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["shared", "alone", "none"]

# Cell magics whose body is run in the notebook's own scope.
_TIMED = ("capture", "debug", "heat", "ipytest", "lprun", "memit", "mprun", "prun", "pyinstrument")
_SHARED = frozenset([*_TIMED, "pyspark", "scalene", "snakeviz", "time", "timeit", "wandb"])
# Those whose body is Python of another process.
_ALONE = frozenset({"pypy", "python", "python3"})
_WRITING = frozenset({"file", "writefile"})
# Those of Databricks, one sign alone, take the whole cell too.
_WHOLE_CELL = frozenset({"fs", "md", "md-sandbox", "r", "scala", "sh"})
# Line magics that run the rest of the line as Python.
_CODE = "time|timeit|prun|memit|mprun|lprun|pyinstrument|snakeviz"

_SHELL_CELL = re.compile(r"%%(?:bash|sh|sx|system)\b.*|%%script(?:[ \t]+--?[\w-]+)*[ \t]+(?:ba|z|k)?sh|%sh")
_SHELL = re.compile(r"!{1,2}|%(?:sx|system)\b")

_CELL_MAGIC = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*(%%?)([\w-]+)([^\r\n]*)(?:\r\n|\r|\n|$)")
_SPECIAL = re.compile(
    r"^[ \t]*(?:[%!?]|[/,;]\w|>>>|In\ \[)|=[ \t]*[%!](?!=)|\?[ \t]*$", re.MULTILINE | re.VERBOSE
)
_PROMPTED = re.compile(r"\s*(?:>>>|In \[\d+\]: )")
_PROMPT = re.compile(r"^[ \t]*(?:(?:>>>|\.\.\.)(?: |(?=[\r\n]|$))|In \[\d+\]: |\.{3,}: ?)", re.MULTILINE)
_OPTIONS = r"(?:[ \t]+-(?:[sfmTDS][ \t]+\S+|\w+(?:[ \t]+[\d.]+)?)(?=[ \t]))*"
_LINE = r"(?:\\(?:\r\n|\r|\n)|[^\r\n])*"
# What IPython knows at the start of a statement.
_STATEMENT = re.compile(
    rf"""
      (?P<indent> [ \t]* )
      (?:
        (?P<timing> %(?:{_CODE})\b{_OPTIONS} )
      | (?P<escape> [%!?]{_LINE} | [/,;][A-Za-z_][\w.]*[ \t]{_LINE} )
      | (?P<target> [\w.,*\[\]"' \t]+ = [ \t]* ) (?P<value> %(?:{_CODE})\b{_OPTIONS} | (?:%|!(?!=)){_LINE} )
      | (?P<help> [^"'#\r\n]*[\w\]*]\?{{1,2}} (?=[ \t]*(?:[\r\n]|$)) )
      )
    """,
    re.VERBOSE,
)
_PART = re.compile(
    r"""
      \#[^\r\n]*
    | \"\"\" [^"\\]* (?: (?: \\. | "(?!"") ) [^"\\]* )* (?: \"\"\" | \\?\Z )
    | ''' [^'\\]* (?: (?: \\. | '(?!'') ) [^'\\]* )* (?: ''' | \\?\Z )
    | " [^"\\\r\n]* (?: \\(?:\r\n|.) [^"\\\r\n]* )* "?
    | ' [^'\\\r\n]* (?: \\(?:\r\n|.) [^'\\\r\n]* )* '?
    | (?P<open> [(\[{] )
    | (?P<close> [)\]}] )
    | (?P<end> \r\n|\r|\n )
    | \\ (?:\r\n|.)?
    | [^\#"'()\[\]{}\\\r\n]+
    """,
    re.DOTALL | re.VERBOSE,
)


class Cell(NamedTuple):
    """A cell as Python of the same length, and whose scope it runs in."""

    python: str
    kind: Kind


def read(source: str) -> Cell:
    """Return what a cell is to Python: what IPython alone understands is blanked out."""
    at = 0
    kind: Kind = "shared"
    while (magic := _CELL_MAGIC.match(source, at)) and (found := _kind(magic)):
        if found == "none":
            return Cell(blank(source), found)
        kind = "alone" if "alone" in (kind, found) else "shared"
        at = magic.end()
    return Cell(blank(source[:at]) + _statements(source[at:]), kind)


def _kind(magic: re.Match[str]) -> Kind | None:
    """Return whose scope the rest of a cell runs in; None where only this line is a magic."""
    sign, name, arguments = magic.groups()
    if sign == "%":
        is_sql = name == "sql" and not arguments.strip() and magic.string[magic.end() :].strip()
        return "none" if name in _WHOLE_CELL or is_sql else "shared" if name == "python" else None
    if name in _ALONE or (name in _WRITING and arguments.rstrip(" \t\"'").endswith(".py")):
        return "alone"
    return "shared" if name in _SHARED else "none"


def shell(source: str) -> str:
    """Return what a cell hands to a shell, as text of the same length; empty where that is nothing.

    A command with braces is left out: IPython fills them in.
    """
    magic = _CELL_MAGIC.match(source)
    if magic and _SHELL_CELL.fullmatch(magic[1] + magic[2] + magic[3].rstrip()):
        return blank(source[: magic.end()]) + source[magic.end() :]
    if not _SHELL.search(source):
        return ""
    text = "".join(_command(part) for part in _parts(source))
    return text if text.strip() else ""


def _command(part: re.Match[str]) -> str:
    """Return a part without all that is no command for a shell."""
    groups = part.groupdict()
    escaped = groups.get("escape") or groups.get("value") or ""
    sign = _SHELL.match(escaped)
    if sign is None or "{" in escaped:
        return blank(part[0])
    command = escaped[sign.end() :]
    return blank(part[0][: len(part[0]) - len(command)]) + command


def _statements(source: str) -> str:
    if not _SPECIAL.search(source):
        return source
    if _PROMPTED.match(source):
        source = _PROMPT.sub(lambda found: " " * len(found[0]), source)
    return "".join(_mask(part) if part.re is _STATEMENT else part[0] for part in _parts(source))


def _parts(source: str) -> Iterator[re.Match[str]]:
    """Yield all of a cell: what IPython knows at the start of a statement, and Python's tokens."""
    at = depth = 0
    is_start = True
    while at < len(source):
        if special := _STATEMENT.match(source, at) if is_start else None:
            yield special
            at = special.end()
        if part := _PART.match(source, at):
            yield part
            depth = max(0, depth + bool(part["open"]) - bool(part["close"]))
            is_start = depth == 0 and bool(part["end"])
            at = part.end()


def _mask(found: re.Match[str]) -> str:
    """Return Python in the place of a statement of IPython's: a 0 where a statement or value must stand."""
    if found["timing"]:
        return found["indent"] + "0;".ljust(len(found["timing"]))
    if found["target"]:
        value = found["value"]
        is_code = re.match(rf"%(?:{_CODE})\b", value)
        masked = " " * len(value) if is_code else _zero(value)
        return found["indent"] + found["target"] + masked
    return found["indent"] + _zero(found["escape"] or found["help"])


def _zero(text: str) -> str:
    return "0" + blank(text)[1:]
