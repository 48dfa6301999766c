"""What each request answers: convert, ask, convert."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types

from mlq.lsp import convert

if TYPE_CHECKING:
    from mlq.ide.analysis import Analysis
    from mlq.lsp.documents import OpenDocument


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A document and all that is known about it, at one moment."""

    document: OpenDocument
    analysis: Analysis


def diagnostics(snapshot: Snapshot) -> types.PublishDiagnosticsParams:
    """Answer what is wrong in a document."""
    document = snapshot.document
    found = snapshot.analysis.diagnostics()
    return types.PublishDiagnosticsParams(
        uri=document.uri,
        version=document.version,
        diagnostics=[convert.diagnostic(each, document.positions) for each in found],
    )


def completion(
    snapshot: Snapshot, params: types.CompletionParams, client: convert.CompletionClient
) -> types.CompletionList:
    """Answer what may be typed at a position."""
    from mlq.ide.completion import LIMIT  # loads the parsers, which initialize need not wait for

    document = snapshot.document
    offset = document.positions.offset(params.position)
    items = snapshot.analysis.completion(offset)
    return types.CompletionList(
        is_incomplete=len(items) > LIMIT,
        items=[
            convert.completion_item(
                item, order, document.positions, document.text[item.span.start : offset], client
            )
            for order, item in enumerate(items[:LIMIT])
        ],
    )


def hover(snapshot: Snapshot, params: types.HoverParams, markup: types.MarkupKind) -> types.Hover | None:
    """Answer what is known of the thing at a position."""
    positions = snapshot.document.positions
    found = snapshot.analysis.hover(positions.offset(params.position))
    return convert.hover(found, positions, markup) if found else None


def code_actions(
    snapshot: Snapshot, params: types.CodeActionParams, *, takes_versions: bool
) -> list[types.CodeAction]:
    """Answer the fixes in a range; `takes_versions` tells whether the client takes versioned edits."""
    if not _wants_quick_fixes(params.context):
        return []
    document = snapshot.document
    actions = []
    for action in snapshot.analysis.code_actions(document.positions.span(params.range)):
        edit = convert.workspace_edit(action.edits, document.uri, document.version, document.positions)
        if not takes_versions:
            edit = convert.unversioned(edit)
        actions.append(convert.code_action(action, edit, params.context.diagnostics, document.positions))
    return actions


def _wants_quick_fixes(context: types.CodeActionContext) -> bool:
    # A kind asks for itself and its sub-kinds; the empty one asks for all.
    return context.only is None or any(kind in {"", types.CodeActionKind.QuickFix} for kind in context.only)
