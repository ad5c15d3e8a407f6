"""How the standing of states between the two camps changed: the days on which it did, and how many stood where."""

from __future__ import annotations

from datetime import date

import pandas as pd

from two_shields.domain import membership
from two_shields.record.cache import cached
from two_shields.record.record import Record

COLUMNS = ["day", "german_led", "french_led", "both", "entered", "claim_ids"]


@cached(most=16)
def counts_over_time(record: Record, reading: str) -> pd.DataFrame:
    """One row per day on which somebody entered or left a camp, in order of time.

    Columns: day (a date: by then it had surely happened), german_led, french_led and both (how many states count as in
    each camp by the reading, those in both counted in all three), entered (ISO3 codes of those whose standing changed
    that day, a tuple), claim_ids (what bears the change out).
    """
    days = membership.step_days(record)
    standing = [_standing(record, reading, day) for day in days]
    rows = []
    for (before, _), (now, claims), day in zip([({}, {}), *standing], standing, days, strict=False):
        changed = tuple(sorted(iso3 for iso3 in now.keys() | before.keys() if now.get(iso3) != before.get(iso3)))
        if not changed:
            continue
        claim_ids = dict.fromkeys(claim_id for iso3 in changed for claim_id in claims.get(iso3, ()))
        count = {
            camp: sum(state in (camp, "both") for state in now.values()) for camp in ("german_led", "french_led")
        }
        both = sum(state == "both" for state in now.values())
        rows.append((day, count["german_led"], count["french_led"], both, changed, tuple(claim_ids)))
    return pd.DataFrame(rows, columns=COLUMNS)


def stops(record: Record, reading: str) -> tuple[date, ...]:
    """The days that a slider of time stops at: those on which somebody's standing changed."""
    return tuple(counts_over_time(record, reading)["day"])


def _standing(record: Record, reading: str, day: date) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Who is in a camp on that day, and the claims on it, by ISO3."""
    states = membership.states(record, reading, day)
    states = states[states["state"].isin(["german_led", "french_led", "both"])]
    return (
        dict(zip(states["iso3"], states["state"], strict=True)),
        dict(zip(states["iso3"], states["claim_ids"], strict=True)),
    )
