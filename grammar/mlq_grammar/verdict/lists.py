"""The values in parentheses: MLflow reads them as a Python literal, before 3.0 only if they look so."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING, Any

from mlq_grammar.tokens import Kind
from mlq_grammar.verdict.nodes import Group
from mlq_grammar.verdict.refusal import RefusedError, refused

if TYPE_CHECKING:
    from mlq_grammar.verdict.nodes import Node

_LISTED = frozenset({Kind.STRING, Kind.PUNCTUATION, Kind.SPACE})


def read_list(node: Node, how: str) -> tuple[str, ...]:
    """Return the strings of a parenthesis; `how` is `literal`, or `tokens` as before MLflow 3.0."""
    if how == "tokens":
        _check_tokens(node)
    try:
        value = literal(node.text)
    except SyntaxError:
        raise refused("list-ill-formed", node.span) from None
    except Exception as error:  # noqa: BLE001  whatever stops Python stops MLflow
        raise RefusedError(str(error), node.span) from None
    if not isinstance(value, tuple):
        value = (value,)
    if not value:
        raise refused("list-empty", node.span)
    texts = tuple(item for item in value if isinstance(item, str))
    if len(texts) < len(value):
        raise refused("list-wrong-type", node.span, value=value)
    return texts


def literal(text: str) -> Any:
    """Return the Python literal that a text is; raises what `ast.literal_eval` raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.literal_eval(text)


def _check_tokens(node: Node) -> None:
    """Refuse what does not look like strings with commas between them."""
    inside = node.children[1:-1]
    if not inside:
        raise refused("list-empty", node.span)
    if len(inside) == 1 and inside[0].kind is Kind.STRING:
        return
    if inside[0].group is not Group.IDENTIFIERS:
        raise refused("list-ill-formed", node.span)
    if not all(item.kind in _LISTED for item in inside[0].children):
        raise refused("list-wrong-type", node.span, value=node.text)
