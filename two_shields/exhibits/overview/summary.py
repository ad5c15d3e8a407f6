"""What the Overview says in words: its sentence, four figures, the latest events, and where sources disagree."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from two_shields.domain import membership
from two_shields.exhibits.overview import aid, map
from two_shields.exhibits.timeline.threads import EXHIBIT as TIMELINE
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import AidView, EvidenceView, InitiativesView, OverviewView, TimelineView
from two_shields.text import phrases

#: As many events and disagreements as the first screen has room for.
LATEST, DISPUTES = 5, 3


@dataclass(frozen=True)
class Tile:
    """One figure: the fill that it explains on the map (blank for none), its number, its name, what stands under it."""

    fill: str
    value: str
    label: str
    about: str
    view: View


@dataclass(frozen=True)
class Item:
    """A line with a link: an event with its date, or what sources disagree about."""

    when: str
    words: str
    view: View


def _names(rows: pd.DataFrame, most: int = 6) -> str:
    names = zip(rows["country"], rows["inferred_core"], strict=True)
    return phrases.join([f"{name} (inferred)" if inferred else name for name, inferred in names], most=most)


@cached(most=32)
def sentence(record: Record, view: OverviewView) -> str:
    """`23 states are in the German-led Sky Shield, ten on the French-led track, six in both.`"""
    rows = map.EXHIBIT.frame_of(record, view).rows
    count = rows["state"].value_counts()
    both = int(count.get("both", 0))
    german, french = (int(count.get(camp, 0)) + both for camp in ("german_led", "french_led"))
    states = phrases.capital(phrases.spelled(german, "state is", "states are"))
    return (
        f"{states} in the German-led Sky Shield, {phrases.number(french)} on the French-led track, "
        f"{phrases.number(both)} in both"
    )


@cached(most=32)
def tiles(record: Record, view: OverviewView) -> tuple[Tile, ...]:
    """How many are only in the one camp, in both, only in the other; and aid."""
    rows = map.EXHIBIT.frame_of(record, view).rows
    by_fill = dict(iter(rows.groupby("fill")))
    bound = membership.standings(record.only(view.evidence), "strict", view.as_of, ("essi",))
    bound = int(bound["inside"].sum())
    nobody = rows.iloc[:0]
    german, both, french = (by_fill.get(fill, nobody) for fill in ("german_led", "both", "french_led"))
    evidence, as_of = view.evidence, view.as_of
    overlap = InitiativesView(view="overlap", as_of=as_of, evidence=evidence)
    matrix = InitiativesView(view="matrix", as_of=as_of, evidence=evidence)
    found = [
        Tile(
            "german_led", str(len(german)), "only Sky Shield",
            f"German-led. Of all {len(german) + len(both)}, {phrases.number(bound)} are bound by a signature", matrix,
        ),
        Tile("both", str(len(both)), "in both camps", _names(both) or "nobody is known to be", overlap),
        Tile("french_led", str(len(french)), "only French-led", _names(french) or "nobody is known to be", overlap),
    ]  # fmt: skip
    return (*found, _aid_tile(record, view))


def _aid_tile(record: Record, view: OverviewView) -> Tile:
    """Europe's sum beside the United States'; with the articles alone the largest total that they report."""
    rows = aid.EXHIBIT.frame_of(record, view).rows
    last = rows[rows["series"] == "whole"] if "series" in rows else rows.iloc[:0]
    amounts = dict(zip(last["code"], last["amount_eur"], strict=True)) if "code" in last else {}
    link = AidView(evidence=view.evidence)
    if "europe" in amounts:
        beside = f"; United States {phrases.euros(amounts['USA'], short=True)}" if "USA" in amounts else ""
        return Tile(
            "",
            phrases.euros(amounts["europe"], short=True),
            "Europe’s aid to Ukraine",
            f"allocated by states and the EU{beside}",
            link,
        )
    if rows.empty:
        return Tile("", "–", "aid to Ukraine", "no amount in this evidence", link)
    largest = rows.loc[rows["amount_eur"].idxmax()]
    return Tile(
        "",
        phrases.euros(largest["amount_eur"], short=True),
        f"{largest['kind_words']} to Ukraine",
        largest["donor_name"],
        link,
    )


@cached(most=32)
def latest(record: Record, view: OverviewView) -> tuple[Item, ...]:
    """The last events that are no detail, the newest first, up to the day shown."""
    rows = TIMELINE.frame_of(record, TimelineView(until=view.as_of, evidence=view.evidence)).rows
    rows = rows[rows["placed"] & (rows["weight"] < 3)].sort_values("start", ascending=False, kind="stable")
    return tuple(
        Item(row.date_words, row.title, TimelineView(since=row.start, until=row.end, evidence=view.evidence))
        for row in rows.head(LATEST).itertuples()
    )


@cached(most=8)
def disputes(record: Record, view: OverviewView) -> tuple[Item, ...]:
    """The conflicts about who is in, and about how much was given, those that touch the most cells first."""
    rows = record.only(view.evidence)["conflicts"]
    about = {"memberships": 0, "member_counts": 1, "aid": 2}
    ranked = [
        (about[table], -len(row.cells), row.topic)
        for row in rows.itertuples()
        if row.cells and (table := row.cells[0].partition("/")[0]) in about
    ]
    first = {place: topic for place, _, topic in sorted(ranked, reverse=True)}
    return tuple(
        Item("", topic, EvidenceView(q=topic, evidence=view.evidence)) for _, topic in sorted(first.items())[:DISPUTES]
    )
