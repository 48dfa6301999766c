"""To and from LSP's types, one small function per type; only here do UTF-8 and UTF-16 units exist."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types
from mlq_grammar.spans import Span
from pygls import uris

from mlq.findings import Edit, Severity
from mlq.hosts.languages import IDENTIFIERS, SUFFIXES
from mlq.ide.model import CodeAction, CompletionItem, CompletionKind, Diagnostic, Hover
from mlq.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_SEVERITIES: Mapping[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}
_COMPLETION_KINDS: Mapping[CompletionKind, types.CompletionItemKind] = {
    "prefix": types.CompletionItemKind.Module,
    "key": types.CompletionItemKind.Field,
    "attribute": types.CompletionItemKind.Property,
    "operator": types.CompletionItemKind.Operator,
    "value": types.CompletionItemKind.Value,
    "keyword": types.CompletionItemKind.Keyword,
}
_UNITS: Mapping[str, Callable[[str], int]] = {
    types.PositionEncodingKind.Utf8: lambda text: len(text.encode("utf-8", "surrogatepass")),
    types.PositionEncodingKind.Utf16: lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    types.PositionEncodingKind.Utf32: len,
}
_SNIPPET_SIGN = re.compile(r"[\\$}]")
_OPENING_QUOTE = re.compile(r"\\?[`'\"]")


class Positions:
    """The way between a text's code-point offsets and a client's positions."""

    __slots__ = ("_encoding", "_lines", "_start", "_text", "_units")

    def __init__(self, text: str, encoding: str = types.PositionEncodingKind.Utf16, start: int = 0) -> None:
        self._text = text
        self._encoding = encoding
        self._lines = LineIndex(text)
        self._start = start
        self._units = _UNITS[encoding]

    def shifted(self, start: int) -> Positions:
        """Return the way between the same positions and the offsets of a text with this one at `start`."""
        return Positions(self._text, self._encoding, start)

    def position(self, offset: int) -> types.Position:
        """Return the position of an offset; offsets outside the text count as its ends."""
        offset = max(0, min(offset - self._start, len(self._text)))
        line, column = self._lines.position(offset)
        return types.Position(line, self._units(self._text[offset - column : offset]))

    def offset(self, position: types.Position) -> int:
        """Return the offset of a position; one beyond its line's end means the end, as LSP has it."""
        if position.line >= self._lines.count:
            return self._start + len(self._text)
        start, end = self._lines.span(position.line)
        direct = start + position.character
        if direct <= end and self._text[start:direct].isascii():
            return self._start + direct
        return self._start + self._walk(start, end, position.character)

    def range(self, span: Span) -> types.Range:
        """Return the range of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def span(self, range_: types.Range) -> Span:
        """Return the span of a range."""
        return Span(self.offset(range_.start), self.offset(range_.end))

    def _walk(self, start: int, end: int, units: int) -> int:
        for offset in range(start, end):
            units -= self._units(self._text[offset])
            if units < 0:
                return offset
        return end


def language(language_id: str, uri: str) -> str | None:
    """Return the host of a document, by its language id, else by its suffix; None if it is none of ours."""
    return IDENTIFIERS.get(language_id) or SUFFIXES.get(PurePath(path(uri)).suffix.lower())


def path(uri: str) -> str:
    """Return the path in a URI: the file's own for `file:`, the address's path for any other scheme."""
    return uris.to_fs_path(uri) or uris.urlparse(uri)[2]


def diagnostic(diagnostic: Diagnostic, positions: Positions) -> types.Diagnostic:
    """Return a finding as clients show it."""
    finding = diagnostic.finding
    return types.Diagnostic(
        range=positions.range(Span(finding.start, finding.end)),
        message=finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(finding.url) if finding.url else None,
        source="mlq",
    )


class CompletionClient(NamedTuple):
    """What a client can do with a proposal."""

    markup: types.MarkupKind
    takes_snippets: bool = False


def completion_item(
    item: CompletionItem, order: int, place: types.Range, typed: str, client: CompletionClient
) -> types.CompletionItem:
    """Return a proposal for a place. `typed` is what stands between the start of its span and the cursor.

    Clients compare `typed`, an opening quote included, with the filter text; without that quote they would
    sort out every value and every quoted key.
    """
    opening = _OPENING_QUOTE.match(typed)
    # Neovim's own completion cuts plain text at its first space, and a snippet nowhere.
    is_snippet = client.takes_snippets and " " in item.text
    text = _SNIPPET_SIGN.sub(r"\\\g<0>", item.text) if is_snippet else item.text
    return types.CompletionItem(
        label=item.label,
        kind=_COMPLETION_KINDS[item.kind],
        detail=item.detail or None,
        documentation=_content(item.documentation, client.markup) if item.documentation else None,
        sort_text=f"{item.rank:04d}{order:05d}",
        filter_text=(opening.group() if opening else "") + item.label,
        insert_text_format=(
            types.InsertTextFormat.Snippet if is_snippet else types.InsertTextFormat.PlainText
        ),
        text_edit=types.TextEdit(range=place, new_text=text),
    )


def hover(hover: Hover, positions: Positions, markup: types.MarkupKind) -> types.Hover:
    """Return what is to be said of a span."""
    return types.Hover(contents=_content(hover.markdown, markup), range=positions.range(hover.span))


def text_edit(edit: Edit, positions: Positions) -> types.TextEdit:
    """Return a change of the text."""
    return types.TextEdit(range=positions.range(Span(edit.start, edit.end)), new_text=edit.text)


def document_edit(
    edits: Sequence[Edit], uri: str, version: int | None, positions: Positions
) -> types.TextDocumentEdit:
    """Return the changes of one document, for this version of it alone."""
    return types.TextDocumentEdit(
        text_document=types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version),
        edits=[text_edit(edit, positions) for edit in edits],
    )


def unversioned(edit: types.WorkspaceEdit) -> types.WorkspaceEdit:
    """Return the same changes for a client that takes no versions."""
    return types.WorkspaceEdit(
        changes={
            each.text_document.uri: [change for change in each.edits if isinstance(change, types.TextEdit)]
            for each in edit.document_changes or ()
            if isinstance(each, types.TextDocumentEdit)
        }
    )


def code_action(
    action: CodeAction, edit: types.WorkspaceEdit, shown: Sequence[types.Diagnostic], positions: Positions
) -> types.CodeAction:
    """Return a fix, linked with those of the diagnostics shown that it mends."""
    finding = action.finding
    mended = diagnostic(Diagnostic(finding), positions)
    return types.CodeAction(
        title=action.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[each for each in shown if (each.code, each.range) == (mended.code, mended.range)]
        or None,
        is_preferred=action.is_preferred or None,
        edit=edit,
    )


def markup_kind(formats: Sequence[types.MarkupKind] | None) -> types.MarkupKind:
    """Return how to write for a client that takes these formats; our Markdown reads well as plain text."""
    takes_markdown = types.MarkupKind.Markdown in (formats or ())
    return types.MarkupKind.Markdown if takes_markdown else types.MarkupKind.PlainText


def _content(text: str, markup: types.MarkupKind) -> types.MarkupContent:
    return types.MarkupContent(kind=markup, value=text)
