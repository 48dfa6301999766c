"""Completes a Python call that is being typed, so that it can be parsed."""

from __future__ import annotations

import re

_LONGEST_CALL = 20_000  # keeps the time for a broken file linear
_STATEMENT = r"(?:def|class|import|from|return|raise|try|while|with|del|pass|if|for|elif|else|except|print)\b"
_PART = re.compile(
    r"""
      \#[^\r\n]*
    | \"\"\" (?: [^"\\] | \\. | "(?!"") )* \"\"\"  |  ''' (?: [^'\\] | \\. | '(?!'') )* '''
    | " (?!"") (?: [^"\\\r\n] | \\(?:\r\n|.) )* "  |  ' (?!'') (?: [^'\\\r\n] | \\(?:\r\n|.) )* '
    | (?P<open_triple> \"\"\"|''' )
    | (?P<open_string> ["'] ) [^\r\n]*
    | (?P<bracket> [()\[\]{}] )
    | [\r\n]+ (?P<indent>[ \t]*) (?P<word>[@\w]+)?
    | [^\#"'()\[\]{}\r\n]+
    """,
    re.DOTALL | re.VERBOSE,
)
_BLANK_OR_STATEMENT = re.compile(rf"[\r\n]+[ \t]*(?:[\r\n]|{_STATEMENT})")
_ONLY_A_STATEMENT = frozenset(
    ["@", "def", "class", "import", "return", "raise", "try", "while", "with", "del", "pass"]
)
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


def complete(text: str, start: int) -> tuple[str, int]:
    """Return the call that starts there with what its end lacks, and how much of it is the text's own.

    An unclosed string ends with its line, an unclosed call before the next statement.
    """
    end, missing = _scan(text, start)
    own = text[start:end]
    if missing[-1:] and missing[-1][0] in "'\"" and (len(own) - len(own.rstrip("\\"))) % 2:
        own = own[:-1]  # a backslash would escape the quote that follows
    return own + "".join(reversed(missing)), len(own)


def _scan(text: str, start: int) -> tuple[int, list[str]]:
    limit = min(len(text), start + _LONGEST_CALL)
    indent = _indent_of_line(text, start)
    missing: list[str] = []
    at = text.index("(", start)
    while at < limit and (part := _PART.match(text, at, limit)):
        if part["open_triple"]:
            return _end_of_triple(text, at + 3, limit), [*missing, part["open_triple"]]
        if part["open_string"]:
            return _end_of_string(text, part.start() + 1, part.end()), [*missing, part["open_string"]]
        if part["word"] and _starts_statement(part, indent):
            break
        if part["bracket"] and not _take_bracket(part["bracket"], missing):
            break
        at = part.end()
        if not missing:
            break
    return at, missing


def _indent_of_line(text: str, offset: int) -> int:
    line_start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    line = text[line_start:offset]
    return len(line) - len(line.lstrip(" \t"))


def _starts_statement(line: re.Match[str], indent: int) -> bool:
    return line["word"] in _ONLY_A_STATEMENT or len(line["indent"]) <= indent


def _take_bracket(bracket: str, missing: list[str]) -> bool:
    if bracket in _CLOSERS:
        missing.append(_CLOSERS[bracket])
        return True
    if missing[-1:] != [bracket]:
        return False
    missing.pop()
    return True


def _end_of_string(text: str, start: int, end: int) -> int:
    """Leave out what closes the call around: an editor puts it there before the quote is typed."""
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while end > start and (text[end - 1] == "," or (text[end - 1] == ")" and surplus > 0)):
        surplus -= text[end - 1] == ")"
        end -= 1
    return end


def _end_of_triple(text: str, start: int, limit: int) -> int:
    # Nothing closes it: it ends where what follows no longer looks like a filter.
    found = _BLANK_OR_STATEMENT.search(text, start, limit)
    return found.start() if found else limit
