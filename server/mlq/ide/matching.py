"""What is said of a filter as a whole: what it means in words, how many match now, and why none does."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.ide.explain.words import in_words
from mlq.ide.markdown import escaped
from mlq.ide.model import Hover
from mlq.rules.matches.matched import Matched
from mlq.rules.matches.why import left_out, number, of_all, reasons


def about_filter(matched: Matched) -> Hover | None:
    """Return what a filter finds in words, and how many that is; None for a blank one."""
    words = in_words(matched.meaning.text, matched.meaning.dialect)
    if not words:
        return None
    lines = [f"Finds {matched.meaning.plural} where", _listed([escaped(word) for word in words])]
    count = how_many(matched)
    why = [escaped(line) for line in why_empty(matched)]
    lacking = [escaped(line) for line in left_out(matched.meaning, matched.index)]
    more = [_listed(some) for some in (why, lacking) if some]
    return Hover(matched.span, "\n\n".join([*lines, *([count] if count else []), *more]))


def how_many(matched: Matched, mark: str = "**") -> str:
    """Return how many match now, as a sentence with the number marked; empty where that is not known."""
    count = matched.counts.get(matched.whole)
    if count is None or matched.counts.get(matched.everything) is None:
        return ""
    verb = "matches" if count.number == 1 and count.is_exact else "match"
    return f"{mark}{number(count)}{mark} of {of_all(matched)} {verb} this filter now."


def why_empty(matched: Matched) -> Iterator[str]:
    """Yield why none matches, a sentence for each clause that is to blame, and where else some would."""
    for reason in reasons(matched):
        yield reason.text
    deleted = matched.counts.get(matched.deleted)
    if matched.is_empty and deleted is not None and deleted.number:
        yield f"{number(deleted)} deleted {matched.meaning.plural} match"


def _listed(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
