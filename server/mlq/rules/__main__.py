"""`python -m mlq.rules`: write each rule's page into `pages/`."""

from __future__ import annotations

from pathlib import Path

from mlq.rules.page import ALL_RULES, page


def main() -> None:
    """Renew the pages, and remove those whose rule is gone."""
    folder = Path(__file__).parent / "pages"
    folder.mkdir(exist_ok=True)
    pages = {folder / f"{rule.code}.md": page(rule) for rule in ALL_RULES}
    for stale in set(folder.glob("*.md")) - set(pages):
        stale.unlink()
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
