"""A call with each argument bound to its parameter, as Python does it."""

from __future__ import annotations

from dataclasses import dataclass

from mlq_grammar.spans import Span

from mlq.findings import Edit
from mlq.hosts.calls import Argument, Call
from mlq.hosts.signatures import Signature


@dataclass(frozen=True, slots=True)
class Bound:
    """A call and the function that it calls, as the MLflow that judges has it."""

    call: Call
    signature: Signature
    mlflow_version: str | None = None

    def parameter(self, argument: Argument) -> str:
        """Return the name of the parameter that an argument is for; empty where there is none."""
        if argument.place is None:
            return argument.name if argument.name in self.signature.names else ""
        places = self.signature.places
        return places[argument.place] if argument.place < len(places) else ""

    def given(self, name: str) -> Argument | None:
        """Return what is given for a parameter; None where the call does not show it, and for no name."""
        found = (each for each in self.call.arguments if self.parameter(each) == name)
        return next(found, None) if name else None

    @property
    def unknown(self) -> tuple[Argument, ...]:
        """The keywords that the function does not have."""
        return tuple(each for each in self.call.arguments if each.name and not self.parameter(each))

    @property
    def missing(self) -> tuple[str, ...]:
        """The parameters that must be given, and are not."""
        if self.call.is_open:
            return ()
        needed = (each.name for each in self.signature.parameters if each.is_required)
        return tuple(name for name in needed if self.given(name) is None)

    def can_take(self, name: str) -> bool:
        """Whether a parameter is there and, as far as the call shows, still free."""
        return name in self.signature.names and self.given(name) is None and not self.call.is_open

    def appended(self, written: str) -> Edit:
        """Return the edit that gives one more argument, behind the others."""
        spans = [argument.span for argument in self.call.arguments]
        return Edit(spans[-1].end, spans[-1].end, f", {written}") if spans else self._first(written)

    def _first(self, written: str) -> Edit:
        return Edit(self.call.end, self.call.end, written)

    def removal(self, argument: Argument) -> Edit:
        """Return the edit that takes an argument out, with one comma."""
        spans = [each.span for each in self.call.arguments]
        at = spans.index(argument.span)
        if at:
            return Edit(spans[at - 1].end, argument.span.end, "")
        return Edit(argument.span.start, spans[1].start if len(spans) > 1 else argument.span.end, "")


def keyword_of(argument: Argument) -> Span:
    """Return where the keyword of an argument stands."""
    return Span(argument.span.start, argument.span.start + len(argument.name))
