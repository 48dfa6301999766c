"""Valid filters broken at one place: what a person does when a filter goes wrong."""

from __future__ import annotations

import random
from dataclasses import dataclass

from mlq_grammar.lexer import tokenize
from mlq_grammar.spans import Span
from mlq_grammar.tokens import WHITESPACE, Kind, Token

KEYS = {
    "number": ("metrics.auc", "metric.f1", "metrics.`val acc`", "metrics.a.b", "start_time", "metrics.`a/b`"),
    "text": (
        "params.model",
        "param.batch_size",
        "tags.stage",
        "tags.`mlflow.user`",
        "status",
        "run_name",
        "attributes.user_id",
        "params.`max depth`",
        "dataset.name",
    ),
}
NUMBERS = ["0.9", "1", "-0.5", "1e-3", "1700000000000", "42"]
TEXTS = ["'xgboost'", '"prod"', "'32'", "'FINISHED'", "'a b'", "'2024-01-01'"]
INSERTED = ["OR", "NOT", "(", ")", ",", ";", "==", "'x'", "5", "metrics.a", "x", "'", "&&", "LIKE", "IS"]


@dataclass(frozen=True, slots=True)
class Broken:
    """A filter, the valid one that it was, how it was broken, and where: a token, or the gap of one."""

    text: str
    original: str
    kind: str
    place: Span


def valid(random_: random.Random) -> str:
    """Return a filter that MLflow runs."""
    return " AND ".join(_clause(random_) for _ in range(random_.randint(1, 3)))


def _clause(random_: random.Random) -> str:
    choice = random_.random()
    if choice < 0.45:
        comparator = random_.choice([">", "<", ">=", "<=", "=", "!="])
        return f"{random_.choice(KEYS['number'])} {comparator} {random_.choice(NUMBERS)}"
    if choice < 0.9:
        comparator = random_.choice(["=", "!=", "LIKE", "ILIKE"])
        return f"{random_.choice(KEYS['text'])} {comparator} {random_.choice(TEXTS)}"
    if choice < 0.95:
        return f"{random_.choice(['params.model', 'tags.stage'])} IS {random_.choice(['', 'NOT '])}NULL"
    return f"run_id IN ({', '.join(random_.sample(TEXTS, random_.randint(1, 3)))})"


def broken(random_: random.Random) -> Broken:
    """Break a valid filter at one token."""
    original = valid(random_)
    tokens = [token for token in tokenize(original) if token.kind not in WHITESPACE]
    index = random_.randrange(len(tokens))
    kind = random_.choice(["drop", "swap", "insert", "misquote", "mistype"])
    if kind == "mistype" and tokens[index].kind is Kind.COMPARISON:
        kind = "miscompare"
    text, place = _BREAKERS[kind](random_, original, tokens, index)
    return Broken(text, original, kind, place)


def _replaced(text: str, token: Token, by: str) -> tuple[str, Span]:
    return text[: token.start] + by + text[token.end :], Span(token.start, token.start + len(by))


def _drop(_: random.Random, text: str, tokens: list[Token], index: int) -> tuple[str, Span]:
    return _replaced(text, tokens[index], "")


def _swap(_: random.Random, text: str, tokens: list[Token], index: int) -> tuple[str, Span]:
    if index + 1 == len(tokens):
        return text, Span(0, 0)
    left, right = tokens[index], tokens[index + 1]
    between = text[left.end : right.start]
    turned = right.text + between + left.text
    return text[: left.start] + turned + text[right.end :], Span(left.start, left.start + len(turned))


def _insert(random_: random.Random, text: str, tokens: list[Token], index: int) -> tuple[str, Span]:
    start, word = tokens[index].start, random_.choice(INSERTED)
    return f"{text[:start]}{word} {text[start:]}", Span(start, start + len(word))


def _misquote(random_: random.Random, text: str, tokens: list[Token], index: int) -> tuple[str, Span]:
    token = tokens[index]
    quote = token.text[0]
    if quote not in "'\"`":
        by = random_.choice([f"'{token.text}'", f'"{token.text}"', f"'{token.text}", f"{token.text}'"])
    else:
        inner = token.text[1:-1]
        by = random_.choice([inner, f"{quote}{inner}", f"{inner}{quote}", f"‘{inner}’", f"`{inner}`"])
    return _replaced(text, token, by)


def _mistype(random_: random.Random, text: str, tokens: list[Token], index: int) -> tuple[str, Span]:
    token = tokens[index]
    if token.kind in {Kind.INTEGER, Kind.FLOAT}:
        return _replaced(text, token, random_.choice([f"'{token.text}'", f"{token.text}x", f"+{token.text}"]))
    if len(token.text) < 2:
        return text, Span(0, 0)
    at = random_.randrange(len(token.text) - 1)
    letters = list(token.text)
    letters[at], letters[at + 1] = letters[at + 1], letters[at]
    swapped = "".join(letters)
    doubled = token.text[:at] + token.text[at] + token.text[at:]
    return _replaced(text, token, random_.choice([swapped, doubled, token.text[:at] + token.text[at + 1 :]]))


def _miscompare(random_: random.Random, text: str, tokens: list[Token], index: int) -> tuple[str, Span]:
    return _replaced(text, tokens[index], random_.choice(["==", "<>", "=>", "=<", "~", "! =", "> ="]))


_BREAKERS = {
    "miscompare": _miscompare,
    "drop": _drop,
    "swap": _swap,
    "insert": _insert,
    "misquote": _misquote,
    "mistype": _mistype,
}
