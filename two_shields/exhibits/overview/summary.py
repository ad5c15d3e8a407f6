"""What the Overview says in words: its sentence, four figures, the latest events, and where sources disagree."""

from dataclasses import dataclass

import pandas as pd

from two_shields.domain import membership
from two_shields.exhibits.initiatives.places import KEY
from two_shields.exhibits.overview import aid, map
from two_shields.exhibits.timeline.threads import shown_events
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.parameters import View
from two_shields.state.views import EvidenceView, InitiativesView, OverviewView, TimelineView
from two_shields.text import dates, phrases

#: What the site is about, for whoever has just come.
ABOUT = (
    "Who joined the German-led air defence of Europe, who the French-led one, and what Ukraine is given. "
    "Every mark opens its sources."
)
#: As many events as the first screen has room for.
LATEST = 5


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


def sentence(record: Record, view: OverviewView) -> str:
    """What the page says first, in place of a name: its map's finding."""
    return map.EXHIBIT.frame_of(record, view).title


@cached(most=32)
def tiles(record: Record, view: OverviewView) -> tuple[Tile, ...]:
    """How many are only in the one camp, in both, only in the other; and aid."""
    rows = map.EXHIBIT.frame_of(record, view).rows
    by_fill = dict(iter(rows.groupby("fill")))
    bound = len(membership.signatories(record.only(view.evidence), "essi", view.as_of))
    nobody = rows.iloc[:0]
    german, both, french = (by_fill.get(fill, nobody) for fill in ("german_led", "both", "french_led"))
    evidence, as_of = view.evidence, view.as_of
    overlap = InitiativesView(view="overlap", as_of=as_of, evidence=evidence)
    matrix = InitiativesView(view="matrix", as_of=as_of, evidence=evidence)
    found = [
        Tile(
            "german_led", str(len(german)), "only Sky Shield",
            f"German-led. Of all {len(german) + len(both)}, {phrases.number(bound)} {'is' if bound < 2 else 'are'} bound by a signature", matrix,
        ),
        Tile("both", str(len(both)), "in both camps", _names(both) or "nobody is known to be", overlap),
        Tile("french_led", str(len(french)), "only French-led", _names(french) or "nobody is known to be", overlap),
    ]  # fmt: skip
    return (*found, _aid_tile(record, view))


def groups(record: Record, view: OverviewView) -> tuple[Tile, ...]:
    """Every fill of the map with all that have it, in the order of the map's own key."""
    rows = map.EXHIBIT.frame_of(record, view).rows
    members = {fill: list(of_fill["country"]) for fill, of_fill in rows.groupby("fill")}
    return tuple(
        Tile(fill, str(len(members[fill])), label, phrases.join(members[fill]), map.in_full(view))
        for fill, (label, _) in KEY.items()
        if fill != "unknown" and fill in members
    )


def _aid_tile(record: Record, view: OverviewView) -> Tile:
    """Europe's sum beside the United States'; with the articles alone the largest total that they report."""
    rows = aid.EXHIBIT.frame_of(record, view).rows
    # A running sum stands at its highest in its last row, that of the whole.
    sums = rows.groupby("code")["amount_eur"].max() if "code" in rows else {}
    link = aid.in_full(view)
    if "europe" in sums:
        beside = f"; United States {phrases.euros(sums['USA'], short=True)}" if "USA" in sums else ""
        until = dates.words(rows["month"].max())
        about = f"allocated by states and the EU to {until}{beside}"
        return Tile("", phrases.euros(sums["europe"], short=True), "Europe’s aid to Ukraine", about, link)
    if rows.empty:
        return Tile("", "–", "aid to Ukraine", "no amount in this evidence", link)
    largest = rows.loc[rows["amount_eur"].idxmax()]
    donor = largest["donor_name"] + (" (inferred)" if largest["inferred_core"] else "")
    return Tile(
        "", phrases.euros(largest["amount_eur"], short=True), f"{largest['kind_words']} to Ukraine", donor, link
    )


@cached(most=32)
def latest(record: Record, view: OverviewView) -> tuple[Item, ...]:
    """The last events that are no detail, the newest first, up to the day shown."""
    filtered = record.only(view.evidence)
    rows = shown_events(filtered, TimelineView(until=view.as_of, evidence=view.evidence))
    rows = rows[rows["placed"] & (rows["weight"] < 3)].sort_values("start", ascending=False, kind="stable")
    return tuple(
        Item(
            row.date_words + (" (inferred)" if row.date_basis == "inferred" else ""),
            row.title + (" (inferred)" if filtered.is_inferred(row.facts) else ""),
            TimelineView(since=row.start, until=row.end, evidence=view.evidence),
        )
        for row in tuples(rows.head(LATEST))
    )


@cached(most=32)
def disputes(record: Record, view: OverviewView) -> tuple[Item, ...]:
    """What would move a country on the map, how many take part, and how much was given: the widest conflict of each."""
    filtered = record.only(view.evidence)
    rows = filtered.disagreements
    moving = {fact for row in tuples(map.EXHIBIT.frame_of(record, view).rows) if row.moves for fact in row.facts}
    found = []
    for belongs in (
        lambda fact: fact in moving,
        lambda fact: fact.startswith("member_counts/"),
        lambda fact: fact.startswith("aid/"),
    ):
        touched = [sum(belongs(cell.rpartition("/")[0]) for cell in cells) for cells in rows["cells"]]
        if any(touched):
            row = rows.iloc[touched.index(max(touched))]
            # A claim that is in other conflicts, too, would open with those.
            claim = min(row["claim_ids"], key=lambda claim_id: len(filtered.conflict_ids_of((claim_id,))))
            found.append(Item("", row["topic"], EvidenceView(claim=claim, evidence=view.evidence)))
    return tuple(found)
