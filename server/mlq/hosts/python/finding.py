"""Reads the filters of a Python file at the places where some may stand."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from mlq.hosts.python import parameters, rest, spoken
from mlq.hosts.python.arguments import Given, filters_of
from mlq.hosts.python.bindings import Bindings
from mlq.hosts.python.ownership import Owners
from mlq.hosts.python.stores import Stores
from mlq.hosts.python.syntax import Source
from mlq.hosts.python.template import region_of
from mlq.hosts.python.values import Values
from mlq.hosts.store_reference import NOTHING_SAID, StoreReference
from mlq.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlq.hosts.apis import Api
    from mlq.hosts.modules import Modules
    from mlq.hosts.python.hits import Hit
    from mlq.hosts.python.syntax import Call
    from mlq.hosts.python.template import Template
    from mlq.hosts.region import FilterRegion

    _Found = tuple[Api, Template, StoreReference]

_SHORT = 20_000  # code points
_LONGEST = 200_000  # of a text that is put together


def found(text: str, hits: Iterable[Hit], modules: Modules = ()) -> tuple[FilterRegion, ...]:
    """Return the filters of a file in order."""
    return Reader(text, modules).regions(hits)


Parsed = tuple[Source, Bindings, Owners]


def parsed(text: str) -> Parsed:
    """Return a file's tree and names: filters, docstrings, calls and lists are asked for one after the other.

    Meanwhile the short texts that are embedded in it are read as well.
    """
    return _short(text) if len(text) <= _SHORT else _long(text)


@lru_cache(maxsize=8)
def _short(text: str) -> Parsed:
    return _parsed(text)


@lru_cache(maxsize=1)  # the tree of a long text takes much memory
def _long(text: str) -> Parsed:
    return _parsed(text)


def _parsed(text: str) -> Parsed:
    source = Source(text)
    bindings = Bindings(source)
    return source, bindings, Owners(source, bindings)


class Reader:
    """One file, with what is known of it."""

    def __init__(self, text: str, modules: Modules = ()) -> None:
        self.source, self.bindings, self.owners = parsed(text)
        self.source.begin()
        self.values = Values(self.source, self.bindings, modules)
        self._stores = Stores(self.values, self.owners)
        self._lines = LineIndex(text)

    def regions(self, hits: Iterable[Hit]) -> tuple[FilterRegion, ...]:
        """Return the filters at the hits, and those that need none, each once and in order."""
        kept: dict[tuple[int, int, str], FilterRegion] = {}
        for api, template, store in [*self._spoken(), *self._called(hits), *self._rest()]:
            key = (*template.span, template.text)
            is_sane = len(key[2]) <= max(_LONGEST, key[1] - key[0])
            if key not in kept and template.is_written and is_sane:
                kept[key] = replace(region_of(template, api, self._lines), store=store)
        return tuple(kept[key] for key in sorted(kept))

    def _spoken(self) -> Iterator[_Found]:
        for api, node in spoken.strings(self.source):
            yield from ((api, template, self._stores.around(node)) for template in self.values.of(node))

    def _called(self, hits: Iterable[Hit]) -> Iterator[_Found]:
        for hit in hits:
            call = self.call_of(hit)
            use = self.owners.use(call, hit.api) if call else None
            if call and use:
                for given in filters_of(call, hit.api, use, self.values):
                    texts = self.texts_of(given, call)
                    store = self._stores.of(call, hit.api, use) if texts else NOTHING_SAID
                    yield from ((hit.api, template, store) for template in texts)

    def _rest(self) -> Iterator[_Found]:
        for api, node in rest.filters(self.values):
            yield from ((api, template, NOTHING_SAID) for template in self.values.of(node))

    def call_of(self, hit: Hit) -> Call | None:
        """Return the call of a hit; None where the name is not called."""
        if not hit.is_called:
            return self.source.deferred_at(hit.start, hit.end)
        call = self.source.call_at(hit.start, hit.end)
        return call and call._replace(filled=self._filled(call))

    def _filled(self, call: Call) -> int:
        """Return how many places are filled already, where what is called is a `partial` of the file."""
        value = self.bindings.constant(call.function) if call.function.type == "identifier" else None
        function = value.child_by_field_name("function") if value and value.type == "call" else None
        arguments = value.child_by_field_name("arguments") if value else None
        if function is None or arguments is None or not self.source.text_of(function).endswith("partial"):
            return 0
        given = [
            child for child in arguments.named_children if child.type not in {"keyword_argument", "comment"}
        ]
        return max(0, len(given) - 1)

    def texts_of(self, given: Given, call: Call) -> tuple[Template, ...]:
        """Return the texts that an argument may be: a parameter may be its default."""
        if given.is_elsewhere or call.is_complete:
            found = self.values.of(given.node) + parameters.of(given.node, self.values)
        else:
            found = self.values.of_argument(given.node, call)
        # Where there is another, an empty text says that nothing is to be filtered.
        return tuple(text for text in found if text.text.strip()) if len(found) > 1 else found
