"""The frames of the page Country: everything that the record has about one country, in parts that may be missing.

Here are the portrait with its summary, its standing, events, mentions and conflicts; its systems and its aid have
modules of their own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from two_shields.domain import membership, search
from two_shields.exhibits.country import aid, events, standing, systems
from two_shields.exhibits.country.summary import alliances, summary
from two_shields.exhibits.frame import Frame, conflicts_about
from two_shields.record.cache import cached
from two_shields.record.record import Record, where
from two_shields.state.parameters import View
from two_shields.state.views import AidView, CountryView, InitiativesView, TimelineView


@dataclass(frozen=True)
class Portrait:
    """One country: its name and alliances, a summary, and an exhibit per part; a part without facts is None or empty.

    `mentions` holds ids of claims that name the country, and only where no fact row does; `conflicts` has the
    columns of that table; `links` are other views, narrowed to the country, with their words.
    """

    iso3: str
    name: str
    alliances: str
    summary: tuple[str, ...]
    standing: Frame | None
    systems: Frame | None
    aid: Frame | None
    events: Frame | None
    mentions: tuple[str, ...]
    conflicts: pd.DataFrame
    links: tuple[tuple[str, View], ...]

    def copy(self, *, deep: bool = False) -> Portrait:
        """The same portrait with frames and conflicts of its own, as `Frame.copy` makes them."""
        parts = {name: getattr(self, name) for name in ("standing", "systems", "aid", "events", "conflicts")}
        copies = {name: part.copy(deep=deep) for name, part in parts.items() if part is not None}
        return dataclasses.replace(self, **copies)

    @property
    def is_silent(self) -> bool:
        """Whether the record says nothing about the country."""
        return not (self.standing or self.systems or self.aid or self.events or self.mentions)


@cached(most=128)
def portrait(record: Record, view: CountryView) -> Portrait:
    """Everything about the view's country, from the record as the evidence switch shows it."""
    kept, iso3 = record.only(view.evidence), view.country
    parts = {
        one.name: one.frame_of(record, view) for one in (standing.EXHIBIT, systems.EXHIBIT, aid.EXHIBIT, events.EXHIBIT)
    }
    held, systems_, given, told = parts.values()
    known = any(part is not None for part in parts.values())
    return Portrait(
        iso3,
        kept.country_names[iso3],
        alliances(kept, iso3),
        summary(kept, iso3) if known else (),
        *parts.values(),
        () if known else _mentions(kept, iso3),
        _conflicts(kept, (held, systems_, given)),
        _links(view, held, given, told),
    )


def _mentions(kept: Record, iso3: str) -> tuple[str, ...]:
    """The claims in which the search finds the country's name."""
    claim_ids = kept["claims"]["claim_id"]
    return tuple(claim_ids[where(search.found(kept, claim_ids, kept.country_names[iso3]))])


def _conflicts(kept: Record, frames: Sequence[Frame | None]) -> pd.DataFrame:
    """The conflicts about cells of the country's own facts."""
    lists = [facts for frame in frames if frame and "facts" in frame.rows for facts in _own(frame)["facts"]]
    facts = tuple(fact for facts in lists if isinstance(facts, tuple) for fact in facts)
    return conflicts_about(kept, pd.DataFrame({"facts": [facts]}))


def _own(frame: Frame) -> pd.DataFrame:
    """The rows about the country itself, without what it supplies to others."""
    return frame.rows[frame.rows["dealing"] != "gives"] if "dealing" in frame.rows else frame.rows


def _links(
    view: CountryView, standing: Frame | None, given: Frame | None, events: Frame | None
) -> tuple[tuple[str, View], ...]:
    """Other views of the same country."""
    one, evidence = (view.country,), view.evidence
    links: list[tuple[str, View]] = [
        ("On the map", InitiativesView(view="map", country=one, evidence=evidence)),
    ]
    ids = tuple(dict.fromkeys(standing.rows["initiative_id"])) if standing else ()
    if ids:
        # The bare matrix shows the two camps; this country's other initiatives need naming.
        chosen = () if set(ids) <= {i for camp in membership.CAMPS.values() for i in camp} else ids
        links.append(
            ("In the matrix", InitiativesView(view="matrix", initiative=chosen, country=one, evidence=evidence))
        )
    if events:
        links.append(("On the timeline", TimelineView(country=one, evidence=evidence)))
    if given and view.country in set(given.rows["donor"]):
        links.append(("Its aid", AidView(donor=one, evidence=evidence)))
        links.append(("Its published totals", AidView(view="reported", donor=one, evidence=evidence)))
    elif given:
        links.append(("All aid", AidView(evidence=evidence)))
    return tuple(links)
