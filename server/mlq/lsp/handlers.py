"""What each request answers: convert, ask, convert."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from lsprotocol import types

from mlq.lsp import convert, whole

if TYPE_CHECKING:
    from mlq.ide.analysis import Analysis
    from mlq.ide.model import CodeAction
    from mlq.lsp.sheets import Part, Sheet


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A document, the sheet that it is a part of, and all that is known about that, at one moment."""

    part: Part
    sheet: Sheet
    analysis: Analysis


def diagnostics(sheet: Sheet, analysis: Analysis) -> list[types.PublishDiagnosticsParams]:
    """Answer what is wrong in each document of a sheet."""
    found = analysis.diagnostics()
    return [
        types.PublishDiagnosticsParams(
            uri=part.document.uri,
            version=part.document.version,
            diagnostics=[
                *whole.diagnostics(part.document),
                *(
                    convert.diagnostic(each, part.positions)
                    for each in found
                    if part.span.touches(each.finding.start)
                ),
            ],
        )
        for part in sheet.parts
    ]


def completion(
    snapshot: Snapshot, params: types.CompletionParams, client: convert.CompletionClient
) -> types.CompletionList:
    """Answer what may be typed at a position."""
    positions = snapshot.part.positions
    offset = positions.offset(params.position)
    found = snapshot.analysis.completion(offset, datetime.now().astimezone())
    spans = {item.span for item in found.items}
    places = {span: (positions.range(span), snapshot.sheet.text[span.start : offset]) for span in spans}
    return types.CompletionList(
        is_incomplete=found.is_incomplete,
        items=[
            convert.completion_item(item, order, *places[item.span], client)
            for order, item in enumerate(found.items)
        ],
    )


def hover(snapshot: Snapshot, params: types.HoverParams, markup: types.MarkupKind) -> types.Hover | None:
    """Answer what is known of the thing at a position."""
    positions = snapshot.part.positions
    found = snapshot.analysis.hover(positions.offset(params.position))
    return convert.hover(found, positions, markup) if found else None


def code_actions(
    snapshot: Snapshot, params: types.CodeActionParams, *, takes_versions: bool
) -> list[types.CodeAction]:
    """Answer the fixes in a range; `takes_versions` tells whether the client takes versioned edits."""
    if not _wants_quick_fixes(params.context):
        return []
    positions = snapshot.part.positions
    actions = []
    for action in snapshot.analysis.code_actions(positions.span(params.range)):
        edit = _workspace_edit(action, snapshot.sheet)
        if not takes_versions:
            edit = convert.unversioned(edit)
        actions.append(convert.code_action(action, edit, params.context.diagnostics, positions))
    return actions


def _workspace_edit(action: CodeAction, sheet: Sheet) -> types.WorkspaceEdit:
    changes = [
        convert.document_edit(edits, part.document.uri, part.document.version, part.positions)
        for part, edits in sheet.split(action.edits)
    ]
    return types.WorkspaceEdit(document_changes=changes)


def _wants_quick_fixes(context: types.CodeActionContext) -> bool:
    # A kind asks for itself and its sub-kinds; the empty one asks for all.
    return context.only is None or any(kind in {"", types.CodeActionKind.QuickFix} for kind in context.only)
