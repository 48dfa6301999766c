"""The tokens of a filter, exactly those that sqlparse 0.6 makes of it.

The rules stand in sqlparse's order, since the first one that matches wins. They are joined into one regular
expression, so that each token costs one match. Every pattern runs in time linear in what it looks at.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from mlq_grammar.tokens import Kind, Token
from mlq_grammar.words import WORDS

# IGNORECASE widens the class by what folds into it: lower case, İ, ı, ſ, the Kelvin and the Ångström sign.
_LETTER = "[A-ZÀ-Ü]"
_NOT_IN_WORD = f"(?!_|{_LETTER})"

_JOIN = r"(?:(?:(?:LEFT|RIGHT|FULL)\s+)?(?:(?:INNER|OUTER|STRAIGHT)\s+)?|(?:(?:CROSS|NATURAL)\s+)?)JOIN\b"

# One rule a line: what the token is, None where the word decides, and what it looks like.
_RULES: tuple[tuple[Kind | None, str], ...] = (
    (Kind.COMMENT, r"(?:--|\#\ ).*?(?:\r\n|[\r\n]|$)"),
    (Kind.NEWLINE, r"\r\n|[\r\n]"),
    (Kind.SPACE, r"\s"),
    (Kind.ASSIGNMENT, ":="),
    (Kind.PUNCTUATION, "::"),
    (Kind.WILDCARD, r"\*"),
    (Kind.NAME, "`(?:[^`]*``)*[^`]*`"),
    (Kind.NAME, "´(?:[^´]*´´)*[^´]*´"),
    (Kind.PLACEHOLDER, r"\?|%(?:\(\w+\))?s|(?<!\w)[$:]\w+"),
    (Kind.COMMAND, r"\\\w+"),
    (Kind.KEYWORD, r"(?:CASE|IN|VALUES|USING|FROM|AS)\b"),
    (Kind.NAME, rf"(?:@|\#\#?){_LETTER}\w+"),
    # A word is a name before a dot, after a dot, and before a parenthesis, whatever the word.
    (Kind.NAME, rf"{_LETTER}\w*(?=\s*\.(?!\d))"),
    (Kind.NAME, rf"(?<=\.){_LETTER}\w*"),
    (Kind.NAME, rf"{_LETTER}\w*(?=\()"),
    (Kind.HEX, r"-?0x[\dA-F]+"),
    (Kind.FLOAT, r"-?\d+(?:\.\d+)?E-?\d+"),
    (Kind.FLOAT, rf"-?(?:\d+\.\d*|\.\d+){_NOT_IN_WORD}"),
    (Kind.INTEGER, rf"-?\d+{_NOT_IN_WORD}"),
    # The strings are greedy: a backslash before a quote goes on with the string if a later quote can end it.
    (Kind.STRING, r"'[^'\\]*(?:(?:''|\\'|\\)[^'\\]*)*'"),
    (Kind.SYMBOL, r'"[^"\\]*(?:(?:""|\\"|\\)[^"\\]*)*"'),
    (Kind.NAME, r"(?<![\w\])])\[[^\]\[]+\]"),
    (Kind.KEYWORD, _JOIN),
    (Kind.KEYWORD, r"END(?:\s+(?:IF|LOOP|WHILE|FOR|CASE))?\b"),
    (Kind.KEYWORD, r"IF\s+(?:NOT\s+)?EXISTS\b|NOT\s+NULL\b"),
    (Kind.ORDER, r"(?:ASC|DESC)(?:\s+NULLS\s+(?:FIRST|LAST))?\b|NULLS\s+(?:FIRST|LAST)\b"),
    (Kind.KEYWORD, r"UNION\s+ALL\b"),
    (Kind.DDL, r"CREATE(?:\s+OR\s+REPLACE)?\b"),
    (Kind.BUILTIN, r"DOUBLE\s+PRECISION\b"),
    (Kind.KEYWORD, r"(?:GROUP|ORDER)\s+BY\b|PRIMARY\s+KEY\b|HANDLER\s+FOR\b|GO\s\d+\b"),
    (Kind.KEYWORD, r"LATERAL\s+VIEW\s+(?:EXPLODE|INLINE|PARSE_URL_TUPLE|POSEXPLODE|STACK)\b"),
    (Kind.TZCAST, r"(?:AT|WITH')\s+TIME\s+ZONE\s+'[^']+'"),
    (Kind.COMPARISON, r"(?:NOT\s+)?(?:(?:LIKE|ILIKE|RLIKE)|REGEXP(?:\s+BINARY)?)\b"),
    (None, r"\w[$\#\w]*"),
    (Kind.PUNCTUATION, r"[;:()\[\],.]"),
    (Kind.OPERATOR, r"->>?|\#>>?|@>|<@|\?\|?|\?&|-|\#-"),
    (Kind.COMPARISON, "[<>=~!]+"),
    (Kind.OPERATOR, r"[+/@\#%^&|-]+"),
    (Kind.ERROR, r"(?s:.)"),
)

# The empty group behind a rule tells which one matched; in front it would hide the rule's first character
# from the regular expression engine, which skips a rule by that.
_TOKEN = re.compile("|".join(f"(?:{rule})()" for _, rule in _RULES), re.IGNORECASE)
_KINDS = (None, *(kind for kind, _ in _RULES))

_TAG = re.compile(rf"(?=(\$(?:(?:_|{_LETTER})\w*)?\$))", re.IGNORECASE)
_MAY_OPEN = re.compile(r'(?<![\w"$])')


def tokenize(text: str) -> list[Token]:
    """Return the tokens of any text, in order and without gaps; never raises, takes linear time."""
    if "/*" in text or "$" in text:
        return _tokenize_with_spans(text)
    return [_token(found) for found in _TOKEN.finditer(text)]


def _token(found: re.Match[str]) -> Token:
    value = found.group()
    kind = _KINDS[found.lastindex or 0] or WORDS.get(value.upper(), Kind.NAME)
    return Token(kind, value, found.start())


def _tokenize_with_spans(text: str) -> list[Token]:
    spans = _Delimited(text)
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        for found in _TOKEN.finditer(text, position):
            token = spans.at(found.start())
            if token is not None:
                tokens.append(token)
                break
            tokens.append(_token(found))
        position = tokens[-1].end
    return tokens


class _Delimited:
    """Block comments and dollar-quoted literals: an opener counts only with a closer behind it.

    Which opener counts is known only when the lexer stands on it: closers are listed once and looked up.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._closers: dict[str, list[int]] = {"*/": [found.start() for found in re.finditer(r"\*/", text)]}
        self._tags: dict[int, str] = {}
        for found in _TAG.finditer(text):
            tag = found.group(1)
            self._tags[found.start()] = tag
            self._closers.setdefault(tag, []).append(found.start())

    def at(self, position: int) -> Token | None:
        """Return the token that opens at the position, if it is also closed."""
        if self._text.startswith("/*", position):
            opener = "/*+" if self._text.startswith("/*+", position) else "/*"
            return self._closed(Kind.COMMENT, position, position + len(opener), "*/")
        tag = self._tags.get(position)
        if tag is not None and _MAY_OPEN.match(self._text, position):
            return self._closed(Kind.LITERAL, position, position + len(tag), tag)
        return None

    def _closed(self, kind: Kind, start: int, inside: int, closer: str) -> Token | None:
        starts = self._closers[closer]
        index = bisect_left(starts, inside)
        if index == len(starts):
            return None
        return Token(kind, self._text[start : starts[index] + len(closer)], start)
