"""Offsets to positions and back, in each encoding that a client may choose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from mlq.findings import Edit, Finding
from mlq.ide.model import CodeAction, CompletionItem, Diagnostic
from mlq.lsp import convert
from mlq.lsp.convert import Positions
from mlq_grammar.spans import Span

ENCODINGS = ("utf-8", "utf-16", "utf-32")
# An accented letter that is two code points, one from beyond the basic plane, a tab, and all line ends.
ALPHABET = "ab '=\t\r\n\f\u2028é\u0301日😀"


@pytest.mark.parametrize(
    ("encoding", "character"),
    [("utf-8", 12), ("utf-16", 7), ("utf-32", 6)],
)
def test_each_encoding_counts_its_own_units(encoding: str, character: int) -> None:
    text = "x\r\n'日e\u0301😀'!"
    position = types.Position(1, character)
    assert Positions(text, encoding).position(text.index("!")) == position
    assert Positions(text, encoding).offset(position) == text.index("!")


@given(text=st.text(ALPHABET), encoding=st.sampled_from(ENCODINGS))
def test_every_offset_is_its_positions_offset(text: str, encoding: str) -> None:
    positions = Positions(text, encoding)
    for offset in range(len(text) + 1):
        is_in_line_end = text[offset - 1 : offset + 1] == "\r\n" and offset > 0
        assert positions.offset(positions.position(offset)) == offset - is_in_line_end


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("position", "offset"),
    [
        (types.Position(0, 99), 2),
        (types.Position(1, 99), 4),
        (types.Position(2, 99), 7),
        (types.Position(99, 0), 7),
    ],
)
def test_a_position_beyond_its_line_is_the_lines_end(
    position: types.Position, offset: int, encoding: str
) -> None:
    assert Positions("ab\né\r\n日", encoding).offset(position) == offset


def test_the_middle_of_a_surrogate_pair_is_before_it() -> None:
    assert Positions("a😀b", "utf-16").offset(types.Position(0, 2)) == 1


def test_a_form_feed_breaks_no_line() -> None:
    assert Positions("a\f\u2028b", "utf-16").position(3) == types.Position(0, 3)


@pytest.mark.parametrize(
    ("language_id", "uri", "language"),
    [
        ("python", "file:///train.py", "python"),
        ("python", "vscode-notebook-cell:/churn.ipynb#W0", "python"),
        ("python", "untitled:Untitled-1", "python"),
        ("mlq", "file:///best.mlq", "mlq"),
        ("", "file:///best.mlq", "mlq"),
        ("plaintext", "file:///types.pyi", "python"),
        ("quarto", "file:///report.qmd", "markdown"),
        ("plaintext", "file:///README.MD", "markdown"),
        ("rust", "file:///main.rs", None),
    ],
)
def test_the_language_id_comes_before_the_suffix(language_id: str, uri: str, language: str | None) -> None:
    assert convert.language(language_id, uri) == language


def test_a_diagnostic_leads_to_its_rules_page() -> None:
    finding = Finding("MLQ401", "error", "no", 2, 5, url="https://mlq.example/MLQ401")
    converted = convert.diagnostic(Diagnostic(finding), Positions("é\n😀 auc", "utf-16"))
    assert (converted.code, converted.source) == ("MLQ401", "mlq")
    assert converted.severity is types.DiagnosticSeverity.Error
    assert converted.range == types.Range(types.Position(1, 0), types.Position(1, 4))
    assert converted.code_description == types.CodeDescription("https://mlq.example/MLQ401")


MARKDOWN = convert.CompletionClient(types.MarkupKind.Markdown)
SNIPPETS = convert.CompletionClient(types.MarkupKind.Markdown, takes_snippets=True)


def test_a_text_with_spaces_is_a_snippet_for_clients_that_take_them() -> None:
    item = CompletionItem("a $b", Span(0, 0), "'a $b}'", "value")
    converted = convert.completion_item(item, 1, Positions("").range(item.span), "", SNIPPETS)
    assert converted.insert_text_format is types.InsertTextFormat.Snippet
    assert isinstance(converted.text_edit, types.TextEdit)
    assert converted.text_edit.new_text == r"'a \$b\}'"


@pytest.mark.parametrize(
    ("typed", "filter_text"),
    [("", "val loss"), ("va", "val loss"), ("`va", "`val loss"), ("'", "'val loss"), ("\\'v", "\\'val loss")],
)
def test_the_filter_text_starts_as_the_typed_text_does(typed: str, filter_text: str) -> None:
    text = f"metrics.{typed}"
    item = CompletionItem("val loss", Span(8, len(text)), "`val loss`", "key", rank=3)
    converted = convert.completion_item(item, 12, Positions(text).range(item.span), typed, MARKDOWN)
    assert converted.filter_text == filter_text
    assert converted.sort_text == "000300012"
    assert isinstance(converted.text_edit, types.TextEdit)
    assert converted.text_edit.new_text == "`val loss`"
    assert converted.text_edit.range.end == types.Position(0, len(text))


def test_a_fix_is_linked_with_the_diagnostic_it_mends() -> None:
    positions = Positions("a = 1\nb = 2")
    finding = Finding("MLQ401", "error", "no", 4, 5)
    action = CodeAction("Write '1'", [Edit(4, 5, "'1'")], finding, is_preferred=True)
    shown = convert.diagnostic(Diagnostic(finding), positions)
    other = convert.diagnostic(Diagnostic(Finding("MLQ401", "error", "no", 10, 11)), positions)
    edit = types.WorkspaceEdit(
        document_changes=[convert.document_edit(action.edits, "file:///a.py", 7, positions)]
    )
    converted = convert.code_action(action, edit, [other, shown], positions)
    assert converted.diagnostics == [shown]
    assert converted.kind is types.CodeActionKind.QuickFix
    assert converted.is_preferred is True
    plain = convert.unversioned(edit)
    assert plain.document_changes is None
    assert plain.changes == {"file:///a.py": [types.TextEdit(shown.range, "'1'")]}
