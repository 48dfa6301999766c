"""Where `order_by` lists stand in files: one region a list, with its items as regions of their own."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from mlq.hosts.region import FilterRegion

# By LSP's language identifier; each module has `order_by_regions`. One is imported when its first file comes.
_HOSTS = {"python": "mlq.hosts.python.order_by", "mlq": "mlq.hosts.queryfile_order_by"}


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
    module = _HOSTS.get(language)
    if module is None:
        return ()
    found: tuple[OrderByRegion, ...] = import_module(module).order_by_regions(text)
    return found
