"""Who counts as in: the three readings of membership, at any day, and the days on which it changed.

The question of the dashboard is the Sky Shield against the French-led track. Whoever buys a system
is not thereby a member: that is told by the transfers.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from two_shields.contract.vocabulary import COUNTS_AS_IN, MEMBERSHIP_STATUSES
from two_shields.record.cache import cached
from two_shields.record.record import Record, united
from two_shields.record.table import grouped, tuples
from two_shields.text import dates

#: The initiatives of each camp of the question.
CAMPS: Mapping[str, tuple[str, ...]] = {
    "german_led": ("essi",),
    "french_led": ("eads", "mistral-joint-purchase", "samp-t-programme"),
}
#: All of them, and the camp of each.
QUESTION = tuple(initiative_id for ids in CAMPS.values() for initiative_id in ids)
CAMP_OF: Mapping[str, str] = {initiative_id: camp for camp, ids in CAMPS.items() for initiative_id in ids}


def changes(record: Record, as_of: date | None = None, initiatives: tuple[str, ...] = ()) -> pd.DataFrame:
    """Memberships that had surely happened by a day, in order of time; of these initiatives alone.

    Adds `when` (the row's date, or where it is blank the publication of the earliest source that
    tells of it), `from_publication` (whether it is the latter), and `known_on` (the last day it can mean).
    """
    rows = _all_changes(record)
    if initiatives:
        rows = rows[rows["initiative_id"].isin(initiatives)]
    return rows if as_of is None else rows[rows["known_on"] <= as_of]


def signatories(record: Record, initiative_id: str, as_of: date | None = None) -> frozenset[str]:
    """Who signed what binds them: a memorandum or a contract. To lead an initiative is no signature."""
    rows = changes(record, as_of, (initiative_id,))
    binding = [row.status != "lead" and MEMBERSHIP_STATUSES[row.status].group == "bound" for row in tuples(rows)]
    return frozenset(rows.loc[binding, "iso3"])


@cached(most=1)
def _all_changes(record: Record) -> pd.DataFrame:
    sources, rows = record.sources_of_claims, record["memberships"]
    published = [
        min((day for claim_id in ids if (day := sources[claim_id].published)), key=dates.latest, default="")
        for ids in rows["claim_ids"]
    ]
    rows = rows.assign(
        when=[day or publication for day, publication in zip(rows["date"], published, strict=True)],
        from_publication=[
            not day and bool(publication) for day, publication in zip(rows["date"], published, strict=True)
        ],
    )
    rows["known_on"] = [dates.latest(day) if day else date.min for day in rows["when"]]
    return rows.sort_values(["known_on", "initiative_id", "iso3"], kind="stable")


@cached(most=1)
def changes_of(record: Record) -> Mapping[str, tuple]:
    """The rows of `changes` by country: a page of one looks through no others."""
    return grouped((row.iso3, row) for row in tuples(_all_changes(record)))


class Standing(NamedTuple):
    """A row of `standings`."""

    initiative_id: str
    iso3: str
    status: str
    when: str
    from_publication: bool
    date_basis: str
    inside: bool
    since: str
    since_from_publication: bool
    since_claim_ids: tuple[str, ...]
    claim_ids: tuple[str, ...]
    facts: tuple[str, ...]
    since_facts: tuple[str, ...]


@cached(most=64)
def standings(
    record: Record, reading: str, as_of: date | None = None, initiatives: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Where each country stands in each initiative that it has a row for, one row per pair.

    Columns: initiative_id, iso3, status (the firmest since it last declined, if it did), when,
    date_basis, inside (whether the reading counts it as in), since (when it first counted),
    since_from_publication, since_claim_ids, claim_ids (all that bear on the pair), facts (the rows that
    status and since come from), since_facts (that of since). Where initiatives are named, theirs alone: nobody else's standing changes them.
    """
    pairs = _standings(tuples(changes(record, as_of, initiatives)), reading)
    return pd.DataFrame(pairs, columns=Standing._fields).astype({"inside": bool})


def standings_of(record: Record, reading: str, iso3: str) -> list[Standing]:
    """The standings of one country, as the record has them now."""
    return _standings(changes_of(record).get(iso3, ()), reading)


def _standings(changes: Iterable, reading: str) -> list[Standing]:
    steps = grouped(((row.initiative_id, row.iso3), row) for row in changes)
    return [_standing(pair, rows, COUNTS_AS_IN[reading]) for pair, rows in sorted(steps.items())]


def _standing(pair: tuple[str, str], rows: Sequence, counted: frozenset[str]) -> Standing:
    """From the pair's changes in order of time."""
    declined = [position for position, row in enumerate(rows) if row.status == "declined"]
    current = rows
    if declined:
        # What came after it last declined; where nothing did, that it declined.
        current = rows[declined[-1] + 1 :] or rows[declined[-1] :]
    # The firmest; of equals one with a date of its own, then the latest.
    shown = min(
        current, key=lambda row: (MEMBERSHIP_STATUSES[row.status].rank, row.from_publication, -row.known_on.toordinal())
    )
    first = next((row for row in current if row.status in counted), None)
    return Standing(
        *pair,
        shown.status,
        shown.when,
        shown.from_publication,
        shown.date_basis,
        first is not None,
        first.when if first else "",
        bool(first and first.from_publication),
        first.claim_ids if first else (),
        united(row.claim_ids for row in rows),
        tuple(dict.fromkeys(f"memberships/{row.membership_id}" for row in (shown, first) if row)),
        (f"memberships/{first.membership_id}",) if first else (),
    )


@cached(most=64)
def states(record: Record, reading: str, as_of: date | None = None, initiatives: tuple[str, ...] = ()) -> pd.DataFrame:
    """Each country's state between the two camps: iso3, state, claim_ids, facts (the memberships that it comes from).

    `neither` needs a row that says where the country stands; without any row it is `unknown`.
    """
    chosen = tuple(i for i in QUESTION if not initiatives or i in initiatives)
    pairs: dict[str, list] = {}
    if chosen:
        for row in tuples(standings(record, reading, as_of, chosen)):
            pairs.setdefault(row.iso3, []).append(row)
    states = {}
    for iso3, rows in pairs.items():
        camps = {CAMP_OF[row.initiative_id] for row in rows if row.inside}
        state = "both" if len(camps) == 2 else next(iter(camps), "neither")
        states[iso3] = (iso3, state, united(row.claim_ids for row in rows), united(row.facts for row in rows))
    everyone = record["countries"]["iso3"]
    rows = [states.get(iso3, (iso3, "unknown", (), ())) for iso3 in everyone]
    return pd.DataFrame(rows, columns=["iso3", "state", "claim_ids", "facts"])


@cached(most=4)
def state_of(record: Record, reading: str) -> Mapping[str, str]:
    """Each country's state as the record has it now, by ISO3 code."""
    rows = states(record, reading)
    return MappingProxyType(dict(zip(rows["iso3"], rows["state"], strict=True)))


@cached(most=64)
def step_days(record: Record, initiatives: tuple[str, ...] = ()) -> tuple[date, ...]:
    """The days on which something about members of the camps (or of these initiatives) was surely known.

    They are what `as_of` steps through.
    """
    chosen = initiatives or QUESTION
    rows = changes(record)
    counts = record["member_counts"]
    counts = counts[counts["initiative_id"].isin(chosen) & (counts["date"] != "")]
    days = {*rows.loc[rows["initiative_id"].isin(chosen), "known_on"], *map(dates.latest, counts["date"])}
    return tuple(sorted(days - {date.min}))


STEP_COLUMNS = ["day", "camp", "members", "entered", "left", "claim_ids", "facts"]
#: A camp, and the states of a country that count for it: who is in both counts in all three.
_COUNTED: Mapping[str, frozenset[str]] = {
    "german_led": frozenset({"german_led", "both"}),
    "french_led": frozenset({"french_led", "both"}),
    "both": frozenset({"both"}),
}


@cached(most=16)
def steps(record: Record, reading: str) -> pd.DataFrame:
    """One row per camp (german_led, french_led, both) and day on which somebody entered or left it, in order of time.

    Columns: day (a date: by then it had surely happened), camp, members (how many count as in from that day on),
    entered and left (tuples of ISO3 codes), claim_ids and facts (what bears their standing out).
    """
    rows = []
    before: dict[str, str] = {}
    for day in step_days(record):
        standing = states(record, reading, day).set_index("iso3")
        now, claims, facts = (standing[column].to_dict() for column in ("state", "claim_ids", "facts"))
        for camp, counted in _COUNTED.items():
            inside = {iso3 for iso3, state in now.items() if state in counted}
            was = {iso3 for iso3, state in before.items() if state in counted}
            if inside != was:
                moved = sorted(inside ^ was)
                rests_on = united(claims[iso3] for iso3 in moved), united(facts[iso3] for iso3 in moved)
                rows.append(
                    (day, camp, len(inside), tuple(sorted(inside - was)), tuple(sorted(was - inside)), *rests_on)
                )
        before = now
    return pd.DataFrame(rows, columns=STEP_COLUMNS)


def stops(record: Record, reading: str) -> tuple[date, ...]:
    return tuple(dict.fromkeys(steps(record, reading)["day"]))
