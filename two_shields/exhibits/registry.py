"""All exhibits, found where they are declared, and what each page shows of a view.

The pages, their heads and summaries, cards, files and tests all read them here; so they say and draw the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

import pandas as pd
import plotly.graph_objects as go

from two_shields import exhibits
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import PAGES


def _declared() -> Iterator[Exhibit]:
    """The `EXHIBIT` of every module in the pages' folders, or its several `EXHIBITS`."""
    for folder in iter_modules(exhibits.__path__, f"{exhibits.__name__}."):
        if folder.ispkg:
            for found in iter_modules(import_module(folder.name).__path__, f"{folder.name}."):
                module = import_module(found.name)
                yield from getattr(module, "EXHIBITS", ())
                if hasattr(module, "EXHIBIT"):
                    yield module.EXHIBIT


def _place(exhibit: Exhibit) -> tuple[int, int, int]:
    """Where a reader meets it: by page, by the page's kinds of view, then by its own order."""
    page = list(PAGES.values()).index(exhibit.page)
    return page, exhibit.page.views().index(exhibit.view), exhibit.order


#: All exhibits, in the order in which a reader meets them.
EXHIBITS: tuple[Exhibit, ...] = tuple(sorted(_declared(), key=_place))


def exhibits_of(view: View) -> tuple[Exhibit, ...]:
    """The exhibits of the page in this view, in their order; of some it may have nothing to show."""
    return tuple(exhibit for exhibit in EXHIBITS if exhibit.applies_to(view))


def frame_of(record: Record, view: View) -> Frame:
    return lead(record, view).frame.copy()


@dataclass(frozen=True)
class Shown:
    """An exhibit as a view shows it, and what the head of its page says of it."""

    exhibit: Exhibit
    frame: Frame
    description: str

    @property
    def title(self) -> str:
        return self.frame.title

    @property
    def source_line(self) -> str:
        return self.frame.source_line

    @property
    def table(self) -> pd.DataFrame:
        return self.frame.table.drop(columns="Claims")

    @property
    def has_chart(self) -> bool:
        """A frame without rows has no chart, as on its page."""
        return bool(self.exhibit.panels) and not self.frame.rows.empty

    def draw(self, theme: str = "light", *, narrow: bool = False) -> tuple[go.Figure, ...]:
        return tuple(panel(self.frame, theme, narrow=narrow) for panel in self.exhibit.panels)


@cached(most=256)
def lead(record: Record, view: View) -> Shown:
    """What the page of this view leads with: its first exhibit with a chart, or else its first."""
    with_charts_first = sorted(exhibits_of(view), key=lambda exhibit: not exhibit.panels)
    exhibit, frame = next(
        (one, frame) for one in with_charts_first if (frame := one.frame_of(record, view)) is not None
    )
    filtered = record.only(view.values()["evidence"])
    description = exhibit.describe(filtered, view) if exhibit.describe else frame.alt
    return Shown(exhibit, frame, description)
