"""Who counts as in: the three readings of membership, at any day.

The question of the dashboard is the Sky Shield against the French-led track. Whoever buys a system
is not thereby a member: that is told by the transfers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from two_shields import dates
from two_shields.record import Record

#: The initiatives of each camp of the question.
CAMPS: Mapping[str, tuple[str, ...]] = {
    "german_led": ("essi",),
    "french_led": ("eads", "mistral-joint-purchase", "samp-t-programme"),
}
CAMP_NAMES: Mapping[str, str] = {"german_led": "Sky Shield", "french_led": "French-led track"}

_STRICT = frozenset({"party", "signed_memorandum"})
_SIGNED = _STRICT | {"lead", "joined", "signed_letter_of_intent"}
#: Which statuses count as in, by reading: each reading adds to the one before.
COUNTS_AS_IN: Mapping[str, frozenset[str]] = {
    "strict": _STRICT,
    "signed": _SIGNED,
    "broad": _SIGNED | {"declared_intent", "applied"},
}

#: From the firmest status to the loosest; where a country has several, one of the first group is shown.
FIRMNESS = (
    ("lead",),
    ("party", "signed_memorandum"),
    ("joined", "signed_letter_of_intent"),
    ("applied", "declared_intent"),
    ("observer",),
    ("requested", "invited"),
    ("declined",),
)
FIRMEST_FIRST = tuple(status for group in FIRMNESS for status in group)
_GROUP = {status: place for place, group in enumerate(FIRMNESS) for status in group}

#: How the basis of a member count begins, by the reading that it belongs to; the longest match decides.
COUNTED_IN: Mapping[str, str] = {
    "strict": "parties to the memorandum",
    "signed": "participants",
    "broad": "participants and those who declared",
}


def reading_of_count(basis: str) -> str:
    """The reading that a member count belongs to, from the words of its basis; blank where none fits."""
    fitting = [reading for reading, words in COUNTED_IN.items() if basis.startswith(words)]
    return max(fitting, key=lambda reading: len(COUNTED_IN[reading]), default="")


def changes(record: Record, as_of: date | None = None) -> pd.DataFrame:
    """Memberships that had surely happened by a day, in order of time.

    Adds `when` (the row's date, or where it is blank the publication of the earliest source that
    tells of it), `from_publication` (whether it is the latter), and `known_on` (the last day it can mean).
    """
    published = record.claims["source_published"]
    rows = record["memberships"]
    told = [
        min((day for day in published.loc[list(ids)] if day), key=dates.latest, default="") for ids in rows["claim_ids"]
    ]
    rows = rows.assign(
        when=[day or publication for day, publication in zip(rows["date"], told, strict=True)],
        from_publication=[not day and bool(publication) for day, publication in zip(rows["date"], told, strict=True)],
    )
    rows["known_on"] = [dates.latest(day) if day else date.min for day in rows["when"]]
    if as_of is not None:
        rows = rows[rows["known_on"] <= as_of]
    return rows.sort_values(["known_on", "initiative_id", "iso3"], kind="stable")


def standings(record: Record, reading: str, as_of: date | None = None) -> pd.DataFrame:
    """Where each country stands in each initiative that it has a row for, one row per pair.

    Columns: initiative_id, iso3, status (the firmest since it last declined, if it did), when,
    date_basis, inside (whether the reading counts it as in), since (when it first counted),
    since_from_publication, since_claim_ids, claim_ids (all that bear on the pair).
    """
    counted = COUNTS_AS_IN[reading]
    pairs = []
    for (initiative_id, iso3), rows in changes(record, as_of).groupby(["initiative_id", "iso3"], sort=True):
        declined = [position for position, status in enumerate(rows["status"]) if status == "declined"]
        current = rows.iloc[declined[-1] + 1 :] if declined and declined[-1] + 1 < len(rows) else rows
        if declined and declined[-1] + 1 == len(rows):
            current = rows.iloc[declined[-1] :]
        # The firmest; of equals one with a date of its own, then the latest.
        shown = min(
            current.itertuples(), key=lambda row: (_GROUP[row.status], row.from_publication, -row.known_on.toordinal())
        )
        inside = current[current["status"].isin(counted)]
        first = next(inside.itertuples(), None)
        pairs.append(
            {
                "initiative_id": initiative_id,
                "iso3": iso3,
                "status": shown.status,
                "when": shown.when,
                "from_publication": shown.from_publication,
                "date_basis": shown.date_basis,
                "inside": first is not None,
                "since": first.when if first else "",
                "since_from_publication": bool(first and first.from_publication),
                "since_claim_ids": first.claim_ids if first else (),
                "claim_ids": _united(rows["claim_ids"]),
            }
        )
    columns = [
        "initiative_id", "iso3", "status", "when", "from_publication", "date_basis",
        "inside", "since", "since_from_publication", "since_claim_ids", "claim_ids",
    ]  # fmt: skip
    return pd.DataFrame(pairs, columns=columns).astype({"inside": bool})


#: The five states of a country on the map, in the order of the legend.
STATES: Mapping[str, str] = {
    "both": "in both",
    "german_led": "Sky Shield (ESSI)",
    "french_led": "French-led track",
    "neither": "in neither, says the record",
    "unknown": "not in the record",
}


def states(record: Record, reading: str, as_of: date | None = None, initiatives: tuple[str, ...] = ()) -> pd.DataFrame:
    """Each country's state between the two camps, by ISO3: state, claim_ids, and its standings in words' data.

    `neither` needs a row that says where the country stands; without any row it is `unknown`.
    """
    rows = standings(record, reading, as_of)
    camp_of = {initiative_id: camp for camp, ids in CAMPS.items() for initiative_id in ids}
    chosen = [i for i in camp_of if not initiatives or i in initiatives]
    rows = rows[rows["initiative_id"].isin(chosen)].assign(camp=lambda all_: all_["initiative_id"].map(camp_of))
    states = {}
    for iso3, pair in rows.groupby("iso3"):
        camps = set(pair.loc[pair["inside"], "camp"])
        state = "both" if len(camps) == 2 else next(iter(camps), "neither")
        states[iso3] = {"iso3": iso3, "state": state, "claim_ids": _united(pair["claim_ids"])}
    everyone = record["countries"]["iso3"]
    return pd.DataFrame([states.get(iso3, {"iso3": iso3, "state": "unknown", "claim_ids": ()}) for iso3 in everyone])


def step_days(record: Record, initiatives: tuple[str, ...] = ()) -> list[date]:
    """The days on which something about members of the camps (or of these initiatives) was surely known.

    They are what `as_of` steps through.
    """
    chosen = initiatives or tuple(initiative_id for ids in CAMPS.values() for initiative_id in ids)
    rows = changes(record)
    counts = record["member_counts"]
    counts = counts[counts["initiative_id"].isin(chosen) & (counts["date"] != "")]
    days = {*rows.loc[rows["initiative_id"].isin(chosen), "known_on"], *map(dates.latest, counts["date"])}
    return sorted(days - {date.min})


def _united(lists: pd.Series) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim_id for claim_ids in lists for claim_id in claim_ids))
