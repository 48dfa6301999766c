"""`python -m mlq.rules`: write each rule's page into `pages/`, and the table of their names."""

from __future__ import annotations

from pathlib import Path

from mlq.rules.page import ALL_RULES, page

_CODES = '''\
"""The name of each rule by its code: settings are read without loading the rules. `make docs` writes it."""

from __future__ import annotations

NAMES = {{
{rows}}}
'''


def names() -> str:
    """Return the text of the module with the names of all rules."""
    return _CODES.format(rows="".join(f'    "{rule.code}": "{rule.name}",\n' for rule in ALL_RULES))


def main() -> None:
    """Renew the pages and the names, and remove the pages whose rule is gone."""
    Path(__file__).parents[1].joinpath("settings", "codes.py").write_text(names(), encoding="utf-8")
    folder = Path(__file__).parent / "pages"
    folder.mkdir(exist_ok=True)
    pages = {folder / f"{rule.code}.md": page(rule) for rule in ALL_RULES}
    for stale in set(folder.glob("*.md")) - set(pages):
        stale.unlink()
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
