"""The Neovim plugin attaches to the languages that the server knows."""

from __future__ import annotations

import re

from mlq.hosts.languages import IDENTIFIERS, LANGUAGES
from support.editors import ROOT

CONFIGURATION = ROOT / "editors" / "neovim" / "lsp" / "mlq.lua"


def test_each_language_of_the_server_has_a_file_type_and_no_other() -> None:
    listed = re.search(r"filetypes = \{(.+?)\}", CONFIGURATION.read_text(encoding="utf-8"), re.DOTALL)
    assert listed
    names = re.findall(r"'(\w+)'", listed[1])
    opened = {name for name, language in LANGUAGES.items() if language.suffixes and not language.pages}
    assert {IDENTIFIERS[name] for name in names} == opened
