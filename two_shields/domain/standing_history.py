"""How the standing of states between the two camps changed: the days on which it did, and how many stood where."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from two_shields.domain import membership
from two_shields.record.cache import cached
from two_shields.record.record import Record, united

COLUMNS = ["day", "camp", "members", "entered", "left", "claim_ids", "facts"]
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
    for day in membership.step_days(record):
        states = membership.states(record, reading, day)
        now = dict(zip(states["iso3"], states["state"], strict=True))
        claims = dict(zip(states["iso3"], states["claim_ids"], strict=True))
        facts = dict(zip(states["iso3"], states["facts"], strict=True))
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
    return pd.DataFrame(rows, columns=COLUMNS)


def stops(record: Record, reading: str) -> tuple[date, ...]:
    """The days that a slider of time stops at: those on which somebody's standing changed."""
    return tuple(dict.fromkeys(steps(record, reading)["day"]))
