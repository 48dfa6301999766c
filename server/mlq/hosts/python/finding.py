"""Reads the filters of a Python file at the places where some may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.hosts.python import rest, spoken
from mlq.hosts.python.arguments import Given, filters_of
from mlq.hosts.python.bindings import Bindings
from mlq.hosts.python.ownership import Owners
from mlq.hosts.python.syntax import Source
from mlq.hosts.python.template import region_of
from mlq.hosts.python.values import Values
from mlq.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlq.hosts.apis import Api
    from mlq.hosts.python import Hit
    from mlq.hosts.python.syntax import Call
    from mlq.hosts.python.template import Template
    from mlq.hosts.region import FilterRegion

_LONGEST = 200_000  # of a text that is put together


def found(text: str, hits: Iterable[Hit]) -> tuple[FilterRegion, ...]:
    """Return the filters of a file in order."""
    return Reader(text).regions(hits)


class Reader:
    """One file, with what is known of it."""

    def __init__(self, text: str) -> None:
        self.source = Source(text)
        self.bindings = Bindings(self.source)
        self.owners = Owners(self.source, self.bindings)
        self.values = Values(self.source, self.bindings)
        self._lines = LineIndex(text)

    def regions(self, hits: Iterable[Hit]) -> tuple[FilterRegion, ...]:
        """Return the filters at the hits, and those that need none, each once and in order."""
        kept: dict[tuple[int, int, str], FilterRegion] = {}
        for api, template in [*self._spoken(), *self._called(hits), *self._rest()]:
            key = (*template.span, template.text)
            is_sane = len(key[2]) <= max(_LONGEST, key[1] - key[0])
            if key not in kept and template.is_written and is_sane:
                kept[key] = region_of(template, api, self._lines)
        return tuple(kept[key] for key in sorted(kept))

    def _spoken(self) -> Iterator[tuple[Api, Template]]:
        for api, node in spoken.strings(self.source):
            yield from ((api, template) for template in self.values.of(node))

    def _called(self, hits: Iterable[Hit]) -> Iterator[tuple[Api, Template]]:
        for hit in hits:
            call = self.call_of(hit)
            use = self.owners.use(call, hit.api) if call else None
            if call and use:
                for given in filters_of(call, hit.api, use, self.values):
                    yield from ((hit.api, template) for template in self.texts_of(given, call))

    def _rest(self) -> Iterator[tuple[Api, Template]]:
        for api, node in rest.filters(self.values):
            yield from ((api, template) for template in self.values.of(node))

    def call_of(self, hit: Hit) -> Call | None:
        """Return the call of a hit; None where the name is not called."""
        find = self.source.call_at if hit.is_called else self.source.deferred_at
        return find(hit.start, hit.end)

    def texts_of(self, given: Given, call: Call) -> tuple[Template, ...]:
        """Return the texts that an argument may be: a parameter may be its default."""
        if given.is_elsewhere or call.is_complete:
            found = self.values.of(given.node) + self._default(given)
        else:
            found = self.values.of_argument(given.node, call)
        # Where there is another, an empty text says that nothing is to be filtered.
        return tuple(text for text in found if text.text.strip()) if len(found) > 1 else found

    def _default(self, given: Given) -> tuple[Template, ...]:
        if given.node.type != "identifier":
            return ()
        name = self.source.text_of(given.node)
        for binding in self.bindings.visible(name, given.node):
            parent = binding.node.parent
            if parent and parent.type in {"default_parameter", "typed_default_parameter"} and binding.value:
                texts = self.values.of(binding.value)
                return tuple(text.placed(text.span, "parameter-default") for text in texts)
        return ()
