"""Make `grammar/mlq_grammar/words.py` from the installed sqlparse: `python tests/oracle/make_words.py`."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import sqlparse
from mlq_grammar.tokens import Kind
from sqlparse import keywords
from sqlparse.lexer import Lexer

TARGET = Path(__file__).parents[2] / "grammar" / "mlq_grammar" / "words.py"
HEAD = '''\
"""The words that sqlparse {version} does not take for names; made by `tests/oracle/make_words.py`."""

from __future__ import annotations

from mlq_grammar.tokens import Kind

_WORDS = {{
'''
TAIL = """\
}

WORDS: dict[str, Kind] = {word: kind for kind, words in _WORDS.items() for word in words.split()}
"""
NAMES = {
    "Token.Keyword": Kind.KEYWORD,
    "Token.Keyword.DML": Kind.DML,
    "Token.Keyword.DDL": Kind.DDL,
    "Token.Keyword.DCL": Kind.DCL,
    "Token.Keyword.CTE": Kind.CTE,
    "Token.Keyword.Order": Kind.ORDER,
    "Token.Keyword.TZCast": Kind.TZCAST,
    "Token.Name.Builtin": Kind.BUILTIN,
    "Token.Operator": Kind.OPERATOR,
    "Token.Name": Kind.NAME,
}
"""sqlparse's names of the types that its word lists give."""


def words() -> dict[str, Kind]:
    """Return each upper-cased word that sqlparse looks up and finds, with what it makes of it."""
    lists = [value for name, value in vars(keywords).items() if name.startswith("KEYWORDS")]
    whole_word = re.compile(r"\w[$#\w]*")
    entries = sorted({word for entries in lists for word in entries if whole_word.fullmatch(word)})
    return {word: NAMES[str(Lexer.get_default_instance().is_keyword(word)[0])] for word in entries}


def module() -> str:
    """Return the source of `words.py`."""
    table = words()
    parts = [HEAD.format(version=sqlparse.__version__)]
    for kind in Kind:
        listed = " ".join(word for word in table if table[word] is kind)
        if listed:
            parts.append(
                f'    Kind.{kind.name}: """\n{textwrap.indent(textwrap.fill(listed, 96), " " * 8)}\n'
            )
            parts.append('    """,\n')
    return "".join(parts) + TAIL


if __name__ == "__main__":
    TARGET.write_text(module(), encoding="utf-8")
