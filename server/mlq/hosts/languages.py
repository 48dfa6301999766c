"""Every kind of file that may hold filters: its names, its suffixes and the modules that read it."""

from __future__ import annotations

from typing import NamedTuple


class Language(NamedTuple):
    """One kind of file, by LSP's language identifier.

    `aliases` are other identifiers of it. A module is imported when its first file comes: `filters` has
    `regions` and `region_at`, `order_by` has `order_by_regions`, `calls` has `calls`, `why` has `explain`,
    `comments` has `commented`, and `embeds` has `embeddings`, the texts of other languages in the file.
    `check` has `problem`, why a text is not read, and `pages` has `pages`, its parts that people see by
    themselves. No function of theirs raises, whatever the text. In a text for people (`is_prose`) a
    placeholder is no mistake. `megabytes` is the longest file read.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    filters: str = ""
    order_by: str = ""
    calls: str = ""
    why: str = ""
    comments: str = ""
    embeds: str = ""
    is_keyed: bool = False
    check: str = ""
    pages: str = ""
    is_prose: bool = False
    megabytes: int = 10


_LANGUAGES = (
    Language(
        "python",
        (".py", ".pyi", ".pyw"),
        filters="mlq.hosts.python",
        order_by="mlq.hosts.python.order_by",
        calls="mlq.hosts.python.calls",
        why="mlq.hosts.python.explain",
        check="mlq.hosts.python",
        comments="mlq.hosts.python.comments",
        embeds="mlq.hosts.python.documents",
    ),
    Language("docstring", embeds="mlq.hosts.docstring", is_prose=True),
    Language("ipython", embeds="mlq.hosts.notebook.joined"),
    Language(
        "markdown",
        (".md", ".markdown", ".mdx", ".qmd", ".rmd"),
        ("mdx", "quarto", "rmd", "myst"),
        comments="mlq.hosts.markdown_comments",
        embeds="mlq.hosts.markdown",
        is_prose=True,
    ),
    Language("restructuredtext", (".rst",), ("rst",), embeds="mlq.hosts.rst", is_prose=True),
    Language(
        "notebook",
        (".ipynb",),
        embeds="mlq.hosts.notebook.file",
        check="mlq.hosts.notebook.file",
        pages="mlq.hosts.notebook.file",
        megabytes=30,
    ),
    Language(
        "shellscript",
        (".sh", ".bash", ".zsh", ".ksh"),
        ("sh", "bash", "zsh"),
        filters="mlq.hosts.shell",
        order_by="mlq.hosts.shell",
        comments="mlq.hosts.hash_comments",
        embeds="mlq.hosts.shell_programs",
    ),
    Language(
        "yaml",
        (".yaml", ".yml"),
        ("dockercompose", "github-actions-workflow"),
        filters="mlq.hosts.yaml",
        comments="mlq.hosts.keyed_comments",
        embeds="mlq.hosts.yaml",
        is_keyed=True,
    ),
    Language(
        "toml",
        (".toml",),
        filters="mlq.hosts.toml",
        comments="mlq.hosts.keyed_comments",
        embeds="mlq.hosts.toml",
        is_keyed=True,
    ),
    Language(
        "mlq",
        (".mlq",),
        filters="mlq.hosts.queryfile",
        order_by="mlq.hosts.queryfile_order_by",
        comments="mlq.hosts.queryfile_comments",
    ),
)

LANGUAGES = {language.name: language for language in _LANGUAGES}
SUFFIXES = {suffix: language.name for language in _LANGUAGES for suffix in language.suffixes}
"""The language of each suffix, in small letters."""

INTERPRETERS = {
    **dict.fromkeys(("python", "pypy", "ipython", "uv"), "python"),
    **dict.fromkeys(("sh", "bash", "zsh", "ksh", "dash"), "shellscript"),
}
"""The language of a script, by the program that the first line says to run it by."""

IDENTIFIERS = {name: language.name for language in _LANGUAGES for name in (language.name, *language.aliases)}
"""The language of each identifier that an editor may send."""

IN_EDITORS = tuple(
    name
    for language in _LANGUAGES
    for name in (language.name, *language.aliases)
    if language.suffixes and not language.pages
)
"""The identifiers of the documents that editors open; of a notebook they open the cells."""


def of_script(first_line: str) -> str:
    """Return the language of a script by its first line, such as `#!/bin/bash`; empty where it says none."""
    words = first_line[2:].split() if first_line.startswith("#!") else []
    programs = (word.rpartition("/")[2].rstrip("0123456789.") for word in words)
    return next((INTERPRETERS[program] for program in programs if program in INTERPRETERS), "")
