"""What `mlq explain` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlq_grammar.dialect import load

from mlq.cli.bare import region_of
from mlq.cli.checked import Checked
from mlq.cli.frame import printable
from mlq.cli.report import full
from mlq.findings import apply
from mlq.ide.check import Judge
from mlq.ide.explain.answer import Explained, explain
from mlq.ide.explain.releases import Release, releases, rewritten
from mlq.ide.explain.words import in_words, meant_in_words
from mlq.ide.model import Diagnostic
from mlq.rules.engine import findings
from mlq.rules.page import ALL_RULES, page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from mlq_grammar.dialect import Dialect

    from mlq.cli.style import Style
    from mlq.findings import Edit, Finding
    from mlq.ide.explain.causes import Cause
    from mlq.rules.matches.matched import Matched
    from mlq.versions.choice import Chosen

_LONGEST = 2_000
_RULES = {rule.code: rule for rule in ALL_RULES}
_SIGNS = {"runs": "✓", "refuses": "✗", "absent": "–"}
_MEANINGS = {"runs": "runs it", "refuses": "refuses it", "absent": "has no such search"}
_WORDS = {"runs": "yes", "refuses": "no", "absent": "-"}


@dataclass(frozen=True, slots=True)
class Shown:
    """Prints explanations for the MLflow that judges."""

    out: TextIO
    style: Style
    chosen: Chosen

    def message(self, pasted: str, text: str | None, entity: str | None) -> Explained | None:
        """Print what a message is about, and return it; None where mlq does not know it."""
        found = explain(pasted, self._judge, entity, text)
        if found is None:
            self._say("This holds no message of MLflow's that mlq knows.")
            if text is None:
                self._say("To have a filter explained, give it: mlq explain --filter FILTER --entity ENTITY")
            return None
        cut = " … (cut off)" if found.said.is_cut else ""
        self._say(self.style.strong("MLflow says: ") + _lines(found.said.message[:_LONGEST]) + cut)
        if found.said.is_of_others and not found.is_certain and "mlflow" not in pasted.lower():
            self._say(
                "These are words of Python or of the database: MLflow passes them on, others may as well."
            )
        self._say()
        self._causes(found, text)
        return found

    def filter(self, text: str, entity: str, *, is_alone: bool) -> None:
        """Print what a filter means, which versions run it, and how all of them would."""
        dialect = self._dialect(entity, self.chosen.version)
        found = findings(text, dialect) if dialect.exists else []
        if is_alone and found:
            self._report(text, entity, found)
        answers = releases(text, entity, self._judge)
        edits = [edit for each in found if each.severity == "error" for edit in edits_of(each)]
        mended = releases(apply(edits, text), entity, self._judge)
        if edits and read_by(mended, self.chosen.version) and not read_by(answers, self.chosen.version):
            text, answers = apply(edits, text), mended
            self._say(f"Mended: {_lines(text)}\n")
        self._meaning(text, entity, answers)
        self._row(answers)
        self._rewriting(text, entity, answers)

    def store(self, found: Matched | None) -> None:
        """Print what a store says of a filter."""
        from mlq.cli import counted  # loads the client of the worker, which few ask for

        self._say()
        for line in counted.lines(found):
            self._say(line)

    @property
    def _judge(self) -> Judge:
        return Judge(self.chosen.version, self.chosen.sqlparse or None)

    def _dialect(self, entity: str, version: str) -> Dialect:
        """Return a search as a version has it, for the one that judges with the sqlparse beside it."""
        is_ours = version == self.chosen.version
        return load(entity, version, self._judge.sqlparse_version if is_ours else None)

    def _say(self, line: str = "") -> None:
        print(line, file=self.out)

    def _causes(self, found: Explained, text: str | None) -> None:
        if not found.causes:
            self._pages_with(found)
            return
        first = found.causes[0]
        if found.is_certain:
            self._certain(first)
        else:
            if text is not None:
                self._say("No version of MLflow that mlq knows says so of the filter given.")
            self._likely(found.causes)
        for code in dict.fromkeys(finding.code for finding in first.findings):
            self._say(page(_RULES[code]))

    def _certain(self, cause: Cause) -> None:
        ours = cause.mlflow_version == self.chosen.version
        which = str(self.chosen) if ours else f"MLflow {cause.mlflow_version}"
        self._say(f"So says {which}, of this filter of {_plural(cause.entity)}:\n")
        self._report_cause(cause)

    def _likely(self, causes: tuple[Cause, ...]) -> None:
        by_rules: dict[tuple[str, ...], Cause] = {}
        for cause in causes:
            by_rules.setdefault(tuple(dict.fromkeys(each.code for each in cause.findings)), cause)
        if len(by_rules) > 1:
            self._say("Several mistakes are answered so; --filter FILTER tells which one it was.")
            for codes, cause in by_rules.items():
                names = ", ".join(f"{code} {_RULES[code].name}" for code in codes)
                self._say(f"  {names}: {printable(_written(cause))} ({_plural(cause.entity)})")
            self._say("\nThe likeliest:\n")
        else:
            self._say(
                f"MLflow {causes[0].mlflow_version} says so, for example, of {_plural(causes[0].entity)}:\n"
            )
        self._report_cause(causes[0])

    def _pages_with(self, found: Explained) -> None:
        self._say("Which filter it is about cannot be told from it; give the filter with --filter.")
        if found.rules:
            self._say("Rules on whose pages such a message stands:")
        for rule in found.rules:
            self._say(f"  {rule.code} {rule.name}: {rule.summary}")

    def _report_cause(self, cause: Cause) -> None:
        if isinstance(cause.asked, str):
            self._report(cause.asked, cause.entity, cause.findings)
            return
        self._say(f"order_by = {printable(_written(cause))}")
        for finding in cause.findings:
            self._say(f"{finding.severity}[{finding.code}]: {printable(finding.message)}")
        self._say()

    def _report(self, text: str, entity: str, found: Iterable[Finding]) -> None:
        region = region_of(text, entity)
        diagnostics = tuple(Diagnostic(finding, region) for finding in found)
        full.write([Checked("<filter>", text, (region,), diagnostics)], self.out, self.style)

    def _meaning(self, text: str, entity: str, answers: tuple[Release, ...]) -> None:
        version = read_by(answers, self.chosen.version)
        if version is None:
            seeming = meant_in_words(text, self._dialect(entity, self.chosen.version))
            if seeming:
                self._list(seeming, f"Seems to ask for {_plural(entity)}")
            return
        reader = "" if version == self.chosen.version else f", as MLflow {version} reads it,"
        words = in_words(text, self._dialect(entity, version)) or ()
        self._list(words, f"Finds {'' if words else 'all '}{_plural(entity)}{reader}")

    def _list(self, sentences: tuple[str, ...], beginning: str) -> None:
        if sentences:
            self._say(f"{beginning} where")
        else:
            self._say(f"{beginning.rstrip(',')}.")
        for number, sentence in enumerate(sentences):
            self._say(f"  {'and ' if number else ''}{printable(sentence)}")
        self._say()

    def _row(self, answers: tuple[Release, ...]) -> None:
        signs = _SIGNS if _can_print(self.out, "✓✗–·") else _WORDS
        shown = [f"{_short(answer.version)} {signs[answer.answer]}" for answer in answers]
        ours = [answer.version for answer in answers].index(self.chosen.version)
        shown[ours] = f"[{shown[ours]}]"
        self._say(f"MLflow {(' · ' if signs is _SIGNS else ', ').join(shown)}")
        legend = ", ".join(f"{sign} {_MEANINGS[answer]}" for answer, sign in signs.items())
        self._say(self.style.faint(f"{legend}; [ ] judges here: {self.chosen}"))

    def _rewriting(self, text: str, entity: str, answers: tuple[Release, ...]) -> None:
        version = read_by(answers, self.chosen.version)
        found = rewritten(text, self._dialect(entity, version)) if version else None
        if found is None:
            return
        self._say()
        if found.text is not None:
            self._say(f"All of them run, and mean the same by:\n\n    {_lines(found.text)}")
            return
        what = ", ".join(f"`{printable(each)}`" for each in found.hindrances) or "this"
        self._say(f"There is no way to write {what} that all of them run.")


def edits_of(finding: Finding) -> list[Edit]:
    """Return the edits of a finding's first fix; none where it has none."""
    return finding.fixes[0].edits if finding.fixes else []


def read_by(answers: tuple[Release, ...], preferred: str) -> str | None:
    """Return the version to read a filter by: the preferred one if it runs it, else the newest that does."""
    running = [answer.version for answer in answers if answer.answer == "runs"]
    return preferred if preferred in running else next(reversed(running), None)


def _lines(text: str) -> str:
    """Return a text as it can be printed and copied: its lines remain."""
    return "\n".join(map(printable, text.split("\n")))


def _written(cause: Cause) -> str:
    return cause.asked if isinstance(cause.asked, str) else repr(list(cause.asked))


def _plural(entity: str) -> str:
    return entity.replace("_", " ").replace("mcp", "MCP")


def _short(version: str) -> str:
    return version.removesuffix(".0")


def _can_print(out: TextIO, signs: str) -> bool:
    try:
        signs.encode(out.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
