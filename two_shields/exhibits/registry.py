"""What each page shows of a view, without Streamlit: its finding, a table, what it rests on, and its chart.

The pages draw the same frames; so the head of a page, its summary without scripts and its card say what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pandas as pd

from two_shields import exhibits
from two_shields.exhibits import card_figures as short
from two_shields.exhibits.country import figures as country_figures
from two_shields.exhibits.country import frames as country
from two_shields.exhibits.evidence import frames as evidence
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, source_line
from two_shields.exhibits.initiatives import figures as initiatives_figures
from two_shields.exhibits.initiatives import frames as initiatives
from two_shields.exhibits.overview import frames as overview
from two_shields.exhibits.systems import figures as systems_figures
from two_shields.exhibits.systems import frames as systems
from two_shields.exhibits.timeline import figures as timeline_figures
from two_shields.exhibits.timeline import frames as timeline
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import (
    AidView,
    CountryView,
    EvidenceView,
    InitiativesView,
    OverviewView,
    SystemsView,
    TimelineView,
)
from two_shields.text import phrases


def _declared() -> Iterator[Exhibit]:
    """The `EXHIBIT` of every module in the pages' folders."""
    for folder in iter_modules(exhibits.__path__, f"{exhibits.__name__}."):
        if folder.ispkg:
            for module in iter_modules(import_module(folder.name).__path__, f"{folder.name}."):
                if found := getattr(import_module(module.name), "EXHIBIT", None):
                    yield found


#: All exhibits, page by page, in the order in which a reader meets them.
EXHIBITS: tuple[Exhibit, ...] = tuple(_declared())


def exhibits_of(view: View) -> tuple[Exhibit, ...]:
    """The exhibits that the page shows in this view, in their order."""
    return tuple(exhibit for exhibit in EXHIBITS if exhibit.applies_to(view))


def frame_of(record: Record, view: View) -> Frame:
    """The frame of a page that shows one exhibit at a time."""
    if frames := {InitiativesView: initiatives, SystemsView: systems, TimelineView: timeline}.get(type(view)):
        return frames.frame(record, view)
    (exhibit,) = exhibits_of(view)
    return exhibit.frame_of(record, view)


def panels_of(view: View) -> tuple[Callable[..., Any], ...]:
    """The figures of a page that shows one exhibit at a time."""
    if figures := {InitiativesView: initiatives_figures, SystemsView: systems_figures}.get(type(view)):
        return tuple(filter(None, [figures.FIGURES.get(view.view)]))
    (exhibit,) = exhibits_of(view)
    return exhibit.panels


@dataclass(frozen=True)
class Shown:
    """One view in short: `table` has readable headings and no claim ids; `draw` makes its figure, if it has one.

    `draw()` gives the light one, `draw("dark")` the other; further options are the figure's own, such as `height`.
    Where that figure may be tall, `draw_short` makes one that can be read on a card.
    """

    title: str
    description: str
    table: pd.DataFrame
    source_line: str
    draw: Callable[..., Any] | None = None
    draw_short: Callable[[], Any] | None = None

    @classmethod
    def of(cls, frame: Frame, figure: Callable[..., Any] | None = None, *, description: str = "") -> Shown:
        """A frame's exhibit. A frame without rows has no chart, as on its page."""
        draw = None if figure is None or frame.rows.empty else partial(_drawn, figure, frame)
        shorter = short.FIGURES.get(frame.name) if draw else None
        table = frame.table.drop(columns="Claims")
        return cls(
            frame.title, description or frame.alt, table, frame.source_line, draw,
            partial(shorter, frame, "light") if shorter else None,
        )  # fmt: skip


def _drawn(figure: Callable[..., Any], frame: Frame, theme: str = "light", **size: int) -> Any:
    return figure(frame, theme, **size)


@cached(most=256)
def lead(record: Record, view: View) -> Shown:
    """What the page of this view shows first. Any view that `View.parse` gives has one."""
    return _MAKERS[type(view)](record, view)


def _overview(record: Record, view: OverviewView) -> Shown:
    frame = initiatives.frame(record, overview.map_view(view))
    return Shown.of(frame, initiatives_figures.map_figure)


def _initiatives(record: Record, view: InitiativesView) -> Shown:
    return Shown.of(initiatives.frame(record, view), initiatives_figures.FIGURES[view.view])


def _aid(record: Record, view: AidView) -> Shown:
    (one,) = exhibits_of(view)
    return Shown.of(one.frame_of(record, view), one.panels[0])


def _systems(record: Record, view: SystemsView) -> Shown:
    # The reference is a table, and has no figure.
    return Shown.of(systems.frame(record, view), systems_figures.FIGURES.get(view.view))


def _timeline(record: Record, view: TimelineView) -> Shown:
    return Shown.of(timeline.frame(record, view), timeline_figures.figure)


def _country(record: Record, view: CountryView) -> Shown:
    """The first part that the page has something in; a country of which the record is silent says so."""
    portrait = country.portrait(record, view)
    description = " ".join((f"{portrait.name}. {portrait.alliances}.", *portrait.summary))
    parts = (
        (portrait.standing, country_figures.standing_figure),
        (portrait.aid, country_figures.aid_figure),
        (portrait.events, timeline_figures.figure),
        (portrait.systems, None),
    )
    for frame, figure in parts:
        if frame is not None:
            return Shown.of(frame, figure, description=description)
    kept = record.only(view.evidence)
    if portrait.mentions:
        count = phrases.count(len(portrait.mentions), "claim names", "claims name")
        title = f"{count} {portrait.name}, and the record has no more"
    else:
        part = "the five articles say" if view.evidence == "articles" else "the record says"
        title = f"{portrait.name}: so far {part} nothing about it"
    table = _claims_table(kept, portrait.mentions)
    return Shown(title, description, table, source_line(kept, [portrait.mentions]))


def _evidence(record: Record, view: EvidenceView) -> Shown:
    """The claim that stands open; otherwise the search, as the page shows it."""
    kept = record.only(view.evidence)
    if view.claim and view.claim in kept.claims.index:
        sentence = f"{evidence.claim_sentence(record, view.claim, view.evidence)}."
        table = _claims_table(kept, (view.claim,))
        return Shown(kept.claims.loc[view.claim, "statement"], sentence, table, source_line(kept, [(view.claim,)]))
    return Shown.of(evidence.search(record, view))


def _claims_table(kept: Record, claim_ids: tuple[str, ...]) -> pd.DataFrame:
    columns = evidence.CLAIM_COLUMNS
    return evidence.claim_rows(kept, claim_ids)[list(columns)].rename(columns=dict(columns))


_MAKERS: Mapping[type[View], Callable[[Record, Any], Shown]] = {
    OverviewView: _overview,
    InitiativesView: _initiatives,
    AidView: _aid,
    SystemsView: _systems,
    TimelineView: _timeline,
    CountryView: _country,
    EvidenceView: _evidence,
}
