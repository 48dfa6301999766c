"""Where `order_by` lists stand in files: one region a list, with its items as regions of their own."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from mlq.hosts import embeddings_of
from mlq.hosts.languages import LANGUAGES
from mlq.hosts.region import FilterRegion


@dataclass(frozen=True, slots=True)
class OrderItem:
    """An item of a list: its text and where it stands; `is_dict` tells that it is a dict's `field_name`."""

    region: FilterRegion
    is_dict: bool = False

    @property
    def value(self) -> object:
        """What MLflow gets."""
        return {"field_name": self.region.text} if self.is_dict else self.region.text


@dataclass(frozen=True, slots=True)
class OrderByRegion:
    """An `order_by` list in a file, as far as the file shows its items."""

    entity: str
    items: tuple[OrderItem, ...]


def find_order_by(text: str, language: str) -> tuple[OrderByRegion, ...]:
    """Return the lists of a text in order; none for a language that no host reads. Never raises."""
    known = LANGUAGES.get(language)
    own: tuple[OrderByRegion, ...] = ()
    if known and known.order_by:
        own = import_module(known.order_by).order_by_regions(text)
    embeddings = embeddings_of(text, language)
    if not embeddings:
        return own
    from mlq.hosts import embedded

    found = (*own, *embedded.order_by_regions(text, embeddings))
    return tuple(sorted(found, key=lambda region: region.items[0].region.start))
