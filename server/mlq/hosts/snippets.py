"""Pieces of code in a text for people: what their labels say they are, with prompts taken off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from mlq_grammar.spans import Span

from mlq.hosts.embedding import Embedding, Stretch, embed, lines
from mlq.hosts.notebook import magics
from mlq.hosts.python.cells import scoped

SHELL = "shellscript"

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_PROMPT = re.compile(r"[ \t]*(?:(?:>>>|\.\.\.)(?:[ ]|(?=\r?\n|$))|(?:In \[\d*\]|[ ]*\.\.\.):[ ]?)")
_SHELL_PROMPT = re.compile(r"[ \t]*(?:\([\w.-]+\)[ ]*)?(?:[\w.@:~/\\-]*[ ]?)[$%❯][ ]+")
_SHELL_GOES_ON = re.compile(r"[ \t]*>[ ]+")
_STRINGS = re.compile(r"""'[^']*'|"(?:[^"\\]|\\.)*"|\\.""", re.DOTALL)
_MOST_GOING_ON = 50  # lines of one command


class Snippet(NamedTuple):
    """A piece of code: its label in small letters, and where its lines stand, each with its line end.

    `before_next` is what the file has before each further line.
    """

    label: str
    lines: tuple[Span, ...]
    before_next: str = ""


Read = Callable[[str, Snippet], Iterator[Stretch | Embedding]]


def lines_of(text: str) -> list[Span]:
    """Return where the lines of a text stand, each with its line end."""
    return [Span(*found.span()) for found in _LINE.finditer(text)]


def embeddings(text: str, snippets: Iterable[Snippet]) -> tuple[Embedding, ...]:
    """Return the texts in the pieces of code of a file; those in Python share their names in order."""
    cells: list[Stretch] = []
    others: list[Embedding] = []
    for snippet in snippets:
        for found in _READERS.get(snippet.label, _labelless)(text, snippet):
            if isinstance(found, Stretch):
                cells.append(found)
            else:
                others.append(found)
    return (*scoped(cells), *others)


def _python(text: str, snippet: Snippet) -> Iterator[Stretch | Embedding]:
    if _is_prompted(text, snippet):
        return _doctest(text, snippet)
    return _cell(lines(text, snippet.lines, snippet.before_next))


def _cell(stretch: Stretch) -> Iterator[Stretch | Embedding]:
    """Yield a cell as IPython reads it, where it is Python; one of another process shares no names."""
    cell = magics.read(stretch.text)
    read = stretch._replace(text=cell.python)
    if cell.kind != "none":
        yield read if cell.kind == "shared" else embed("python", [read])


def _doctest(text: str, snippet: Snippet) -> Iterator[Stretch | Embedding]:
    found = [(prompt, span) for span in snippet.lines if (prompt := _PROMPT.match(text, *span))]
    if found:
        first = found[0][0][0]
        before_next = snippet.before_next + first[: len(first) - len(first.lstrip())] + "... "
        spans = (Span(prompt.end(), span.end) for prompt, span in found)
        yield from _cell(lines(text, spans, before_next))


def _is_prompted(text: str, snippet: Snippet) -> bool:
    first = next((span for span in snippet.lines if span.of(text).strip()), None)
    prompt = _PROMPT.match(text, *first) if first else None
    return prompt is not None and not prompt[0].lstrip().startswith("...")


def _labelless(text: str, snippet: Snippet) -> Iterator[Stretch | Embedding]:
    if snippet.label == "" and _is_prompted(text, snippet):
        yield from _doctest(text, snippet)


def _shell(text: str, snippet: Snippet) -> Iterator[Stretch | Embedding]:
    spans = list(_prompted_commands(text, snippet.lines)) or snippet.lines
    if spans:
        yield embed(SHELL, [lines(text, spans, snippet.before_next)])


def _console(text: str, snippet: Snippet) -> Iterator[Stretch | Embedding]:
    yield from _shell(text, snippet)
    yield from _doctest(text, snippet)


def _prompted_commands(text: str, spans: tuple[Span, ...]) -> Iterator[Span]:
    """Yield what is typed at the prompts of a shell, with the lines that a command goes on in."""
    typed, count = "", 0
    for span in spans:
        prompt = _SHELL_PROMPT.match(text, *span)
        if typed and count < _MOST_GOING_ON and _goes_on(typed):
            goes_on = _SHELL_GOES_ON.match(text, *span)
            rest = Span(goes_on.end() if goes_on else span.start, span.end)
            typed, count = typed + rest.of(text), count + 1
        elif prompt:
            rest = Span(prompt.end(), span.end)
            typed, count = rest.of(text), 0
        else:
            typed = ""
            continue
        yield rest


def _goes_on(command: str) -> bool:
    left = _STRINGS.sub(lambda found: "\\" if found[0].startswith("\\") else "", command).rstrip("\r\n")
    return left.endswith("\\") or "'" in left or '"' in left


def _whole(language: str) -> Read:
    def read(text: str, snippet: Snippet) -> Iterator[Stretch | Embedding]:
        if snippet.lines:
            yield embed(language, [lines(text, snippet.lines, snippet.before_next)])

    return read


_READERS: dict[str, Read] = {
    **dict.fromkeys(
        ("python", "py", "python3", "py3", "ipython", "ipython3", "sage", "testcode", "testsetup"), _python
    ),
    **dict.fromkeys(("pycon", "pycon3", "python-repl", "python-console", "doctest"), _doctest),
    **dict.fromkeys(("bash", "sh", "shell", "zsh", "ksh"), _shell),
    **dict.fromkeys(("console", "shell-session", "sh-session", "shellsession", "terminal"), _console),
    "mlq": _whole("mlq"),
    "yaml": _whole("yaml"),
    "yml": _whole("yaml"),
    "toml": _whole("toml"),
}

LABELS = frozenset(_READERS)
"""What a piece of code may be labelled for us to read it, in small letters."""
