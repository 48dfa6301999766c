"""What a file says of the store that a search of it asks, as far as the file shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from mlq_grammar.spans import Span

Way = Literal[
    "set_tracking_uri", "set_registry_uri", "MlflowClient", "os.environ", "set_experiment", "call", "IN"
]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a file says: a tracking URI, an experiment.

    `text` is None where only a run can tell it. Where `variable` is given, it is what this variable of the
    environment holds, and `text` where that is not set. `by` is what says it, `span` where in the file; of
    two that say the same, it makes no difference where they stand.
    """

    text: str | None
    by: Way = "call"
    variable: str = ""
    span: Span = field(default=Span(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class StoreReference:
    """What holds for one search: each is None, or empty, where the file does not say it.

    `experiments` are names or ids of experiments, those of the call or else the active one. `has_view` tells
    that the search asks for others than the active ones, or may.
    """

    tracking_uri: Said | None = None
    registry_uri: Said | None = None
    experiments: tuple[Said, ...] = ()
    has_view: bool = False

    @property
    def said(self) -> tuple[Said, ...]:
        """Everything that is said, in this order."""
        return tuple(said for said in (self.tracking_uri, self.registry_uri, *self.experiments) if said)

    def moved(self, move: Callable[[Span], Span]) -> StoreReference:
        """Return the same for the file around, to whose offsets `move` leads."""
        if not self.said:
            return self
        tracking, registry = self.tracking_uri, self.registry_uri
        return StoreReference(
            tracking and replace(tracking, span=move(tracking.span)),
            registry and replace(registry, span=move(registry.span)),
            tuple(replace(said, span=move(said.span)) for said in self.experiments),
            self.has_view,
        )


NOTHING_SAID = StoreReference()
