"""The tokens of a filter, exactly those that sqlparse makes of it, in each release that MLflow allows.

The rules stand in sqlparse's order, since the first one that matches wins. They are joined into one regular
expression, so that each token costs one match. Every pattern runs in time linear in what it looks at.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from mlq_grammar.older_words import words_of
from mlq_grammar.sqlparse import NEWEST, holds
from mlq_grammar.tokens import Kind, Token

# IGNORECASE widens the class by what folds into it: lower case, İ, ı, ſ, the Kelvin and the Ångström sign.
_LETTER = "[A-ZÀ-Ü]"
_NOT_IN_WORD = f"(?!_|{_LETTER})"

_BACKSLASHES = r"\\\\"
_JOIN = r"(?:(?:(?:LEFT|RIGHT|FULL)\s+)?(?:(?:INNER|OUTER|STRAIGHT)\s+)?|(?:(?:CROSS|NATURAL)\s+)?)JOIN\b"


class _Rule(NamedTuple):
    """What a token is, None where the word decides, what it looks like, and in which releases of sqlparse."""

    kind: Kind | None
    pattern: str
    since: str = ""
    until: str = ""


_RULES = (
    _Rule(Kind.COMMENT, r"(?:--|\#\ ).*?(?:\r\n|[\r\n]|$)"),
    _Rule(Kind.NEWLINE, r"\r\n|[\r\n]"),
    _Rule(Kind.SPACE, r"\s"),
    _Rule(Kind.ASSIGNMENT, ":="),
    _Rule(Kind.PUNCTUATION, "::"),
    _Rule(Kind.WILDCARD, r"\*"),
    _Rule(Kind.NAME, "`(?:[^`]*``)*[^`]*`"),
    _Rule(Kind.NAME, "´(?:[^´]*´´)*[^´]*´"),
    _Rule(Kind.PLACEHOLDER, r"\?|%(?:\(\w+\))?s|(?<!\w)[$:]\w+"),
    _Rule(Kind.COMMAND, r"\\\w+"),
    _Rule(Kind.COMPARISON, r"(?:NOT\s+)?IN\b", until="0.4.4"),
    _Rule(Kind.KEYWORD, r"(?:CASE|IN|VALUES|USING|FROM|AS)\b"),
    _Rule(Kind.NAME, rf"(?:@|\#\#?){_LETTER}\w+"),
    # A word is a name before a dot, after a dot, and before a parenthesis, whatever the word.
    _Rule(Kind.NAME, rf"{_LETTER}\w*(?=\s*\.)", until="0.6.0"),
    _Rule(Kind.NAME, rf"{_LETTER}\w*(?=\s*\.(?!\d))", since="0.6.0"),
    _Rule(Kind.NAME, rf"(?<=\.){_LETTER}\w*"),
    _Rule(Kind.NAME, rf"{_LETTER}\w*(?=\()"),
    _Rule(Kind.HEX, r"-?0x[\dA-F]+"),
    _Rule(Kind.FLOAT, r"-?\d*(?:\.\d+)?E-?\d+", until="0.4.2"),
    _Rule(Kind.FLOAT, r"-?\d+(?:\.\d+)?E-?\d+", since="0.4.2"),
    _Rule(Kind.FLOAT, rf"-?(?:\d+\.\d*|\.\d+){_NOT_IN_WORD}"),
    _Rule(Kind.INTEGER, rf"-?\d+{_NOT_IN_WORD}"),
    # The strings are greedy: a backslash before a quote goes on with the string if a later quote can end it.
    # Until 0.4.4 two backslashes were one thing, and the quote behind them ended the string.
    _Rule(Kind.STRING, rf"'[^'\\]*(?:(?:''|{_BACKSLASHES}|\\'|\\(?!\\))[^'\\]*)*'", until="0.4.4"),
    _Rule(Kind.SYMBOL, rf'"[^"\\]*(?:(?:""|{_BACKSLASHES}|\\"|\\(?!\\))[^"\\]*)*"', until="0.4.4"),
    _Rule(Kind.STRING, r"'[^'\\]*(?:(?:''|\\'|\\)[^'\\]*)*'", since="0.4.4"),
    _Rule(Kind.SYMBOL, r'"[^"\\]*(?:(?:""|\\"|\\)[^"\\]*)*"', since="0.4.4"),
    _Rule(Kind.NAME, r"(?<![\w\])])\[[^\]\[]+\]"),
    _Rule(Kind.KEYWORD, _JOIN),
    _Rule(Kind.KEYWORD, r"END(?:\s+(?:IF|LOOP|WHILE))?\b", until="0.6.0"),
    _Rule(Kind.KEYWORD, r"END(?:\s+(?:IF|LOOP|WHILE|FOR|CASE))?\b", since="0.6.0"),
    _Rule(Kind.KEYWORD, r"IF\s+(?:NOT\s+)?EXISTS\b", since="0.5.4"),
    _Rule(Kind.KEYWORD, r"NOT\s+NULL\b"),
    _Rule(Kind.KEYWORD, r"NULLS\s+(?:FIRST|LAST)\b", until="0.5.1"),
    _Rule(
        Kind.ORDER, r"(?:ASC|DESC)(?:\s+NULLS\s+(?:FIRST|LAST))?\b|NULLS\s+(?:FIRST|LAST)\b", since="0.5.1"
    ),
    _Rule(Kind.KEYWORD, r"UNION\s+ALL\b"),
    _Rule(Kind.DDL, r"CREATE(?:\s+OR\s+REPLACE)?\b"),
    _Rule(Kind.BUILTIN, r"DOUBLE\s+PRECISION\b"),
    _Rule(Kind.KEYWORD, r"(?:GROUP|ORDER)\s+BY\b|HANDLER\s+FOR\b"),
    _Rule(Kind.KEYWORD, r"PRIMARY\s+KEY\b|GO\s\d+\b", since="0.5.0"),
    _Rule(Kind.KEYWORD, r"LATERAL\s+VIEW\s+(?:EXPLODE|INLINE|PARSE_URL_TUPLE|POSEXPLODE|STACK)\b"),
    _Rule(Kind.TZCAST, r"(?:AT|WITH')\s+TIME\s+ZONE\s+'[^']+'"),
    _Rule(Kind.COMPARISON, r"(?:NOT\s+)?(?:LIKE|ILIKE|RLIKE)\b"),
    _Rule(Kind.COMPARISON, r"(?:NOT\s+)?REGEXP\b", since="0.4.3", until="0.5.4"),
    _Rule(Kind.COMPARISON, r"(?:NOT\s+)?REGEXP(?:\s+BINARY)?\b", since="0.5.4"),
    _Rule(None, rf"(?:[0-9_]|{_LETTER})[$\#\w]*", until="0.4.3"),
    _Rule(None, r"\w[$\#\w]*", since="0.4.3"),
    _Rule(Kind.PUNCTUATION, r"[;:()\[\],.]"),
    _Rule(Kind.OPERATOR, r"->>?|\#>>?|@>|<@|\?\|?|\?&|-|\#-", since="0.5.0"),
    _Rule(Kind.COMPARISON, "[<>=~!]+"),
    _Rule(Kind.OPERATOR, r"[+/@\#%^&|`?-]+", until="0.4.2"),
    _Rule(Kind.OPERATOR, r"[+/@\#%^&|-]+", since="0.4.2"),
    _Rule(Kind.ERROR, r"(?s:.)"),
)


_TAG = re.compile(rf"(?=(\$(?:(?:_|{_LETTER})\w*)?\$))", re.IGNORECASE)


class _Lexer:
    """The rules of one release of sqlparse."""

    def __init__(self, sqlparse_version: str) -> None:
        rules = [rule for rule in _RULES if holds(sqlparse_version, rule.since, rule.until)]
        # The empty group behind a rule tells which one matched; in front it would hide the rule's first
        # character from the regular expression engine, which skips a rule by that.
        self._token = re.compile("|".join(f"(?:{rule.pattern})()" for rule in rules), re.IGNORECASE)
        self._kinds = (None, *(rule.kind for rule in rules))
        self._words = words_of(sqlparse_version)
        self._may_open = re.compile(r'(?<![\w"$])' if holds(sqlparse_version, since="0.5.0") else r"(?<!\S)")
        self._folds_tags = holds(sqlparse_version, until="0.6.0")

    def tokens(self, text: str) -> list[Token]:
        if "/*" in text or "$" in text:
            return self._tokens_with_spans(text)
        return [self._read(found) for found in self._token.finditer(text)]

    def tokens_from(self, text: str, start: int) -> Iterator[Token]:
        return map(self._read, self._token.finditer(text, start))

    def _read(self, found: re.Match[str]) -> Token:
        value = found.group()
        kind = self._kinds[found.lastindex or 0] or self._words.get(value.upper(), Kind.NAME)
        return Token(kind, value, found.start())

    def _tokens_with_spans(self, text: str) -> list[Token]:
        spans = _Delimited(text, self._may_open, folds_tags=self._folds_tags)
        tokens: list[Token] = []
        position = 0
        while position < len(text):
            for found in self._token.finditer(text, position):
                token = spans.at(found.start())
                if token is not None:
                    tokens.append(token)
                    break
                tokens.append(self._read(found))
            position = tokens[-1].end
        return tokens


_lexer = cache(_Lexer)
_newest = _lexer(NEWEST)


def tokenize(text: str, sqlparse_version: str = NEWEST) -> list[Token]:
    """Return the tokens of any text, in order and without gaps; never raises, takes linear time.

    The version is one of `sqlparse.RELEASES`.
    """
    return (_newest if sqlparse_version == NEWEST else _lexer(sqlparse_version)).tokens(text)


def tokens_from(text: str, start: int, sqlparse_version: str = NEWEST) -> Iterator[Token]:
    """Yield the tokens behind an offset where one ends, of a text that has neither `/*` nor `$`."""
    return _lexer(sqlparse_version).tokens_from(text, start)


class _Delimited:
    """Block comments and dollar-quoted literals: an opener counts only with a closer behind it.

    Which opener counts is known only when the lexer stands on it: closers are listed once and looked up.
    """

    def __init__(self, text: str, may_open: re.Pattern[str], *, folds_tags: bool) -> None:
        self._text = text
        self._may_open = may_open
        self._closers: dict[str, list[int]] = {"*/": [found.start() for found in re.finditer(r"\*/", text)]}
        self._tags: dict[int, str] = {}
        for found in _TAG.finditer(text):
            tag = found.group(1).lower() if folds_tags else found.group(1)
            self._tags[found.start()] = tag
            self._closers.setdefault(tag, []).append(found.start())

    def at(self, position: int) -> Token | None:
        """Return the token that opens at the position, if it is also closed."""
        if self._text.startswith("/*", position):
            opener = "/*+" if self._text.startswith("/*+", position) else "/*"
            return self._closed(Kind.COMMENT, position, position + len(opener), "*/")
        tag = self._tags.get(position)
        if tag is not None and self._may_open.match(self._text, position):
            return self._closed(Kind.LITERAL, position, position + len(tag), tag)
        return None

    def _closed(self, kind: Kind, start: int, inside: int, closer: str) -> Token | None:
        starts = self._closers[closer]
        index = bisect_left(starts, inside)
        if index == len(starts):
            return None
        return Token(kind, self._text[start : starts[index] + len(closer)], start)
